package dev.kiln.builder.debian.resolve;

import dev.kiln.builder.debian.Alternatives;
import dev.kiln.builder.debian.BinaryPackage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the marked packages something asks for, and who does. The others were marked on the way
 * to a choice that failed; apt drops them as well.
 */
final class Reached {
  private final Universe universe;
  private final Marks marks;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Deque<BinaryPackage> open = new ArrayDeque<>();

  /**
   * Why a package is there.
   *
   * @param asker the package that asks for it; empty where the profile does
   */
  record Link(String reason, Optional<String> asker) {}

  /**
   * Follows the relations of what is marked.
   *
   * @param roots to their reasons, in order
   */
  Reached(Universe universe, Marks marks, Map<BinaryPackage, String> roots) {
    this.universe = universe;
    this.marks = marks;
    roots.forEach((root, reason) -> reach(root, new Link(reason, Optional.empty())));
    followAll();
    // What a system cannot do without stays once it was marked, as in apt.
    marks.installed().stream()
        .filter(candidate -> candidate.essential() || candidate.important())
        .forEach(candidate -> reach(candidate, new Link("essential", Optional.empty())));
    followAll();
  }

  /** Why a package is there; empty where nothing asks for it. */
  Optional<String> reason(BinaryPackage candidate) {
    return Optional.ofNullable(links.get(candidate.name())).map(Link::reason);
  }

  /** The same, followed up to the profile's own words. */
  Optional<String> chain(BinaryPackage candidate) {
    return Optional.ofNullable(links.get(candidate.name()))
        .map(
            link -> {
              StringBuilder words = new StringBuilder(link.reason());
              Optional<String> asker = link.asker();
              while (asker.isPresent()) {
                Link next = links.getOrDefault(asker.get(), new Link("", Optional.empty()));
                words.append(next.asker().isPresent() ? "; " : "; " + asker.get() + ": ");
                words.append(next.reason().replaceAll(" it$", " " + asker.get()));
                asker = next.asker();
              }
              return words.toString();
            });
  }

  private void reach(BinaryPackage candidate, Link link) {
    if (marks.isInstalled(candidate) && links.putIfAbsent(candidate.name(), link) == null) {
      open.add(candidate);
    }
  }

  private void followAll() {
    while (!open.isEmpty()) {
      follow(open.remove());
    }
  }

  private void follow(BinaryPackage owner) {
    reachAll(owner.preDepends(), owner, " depends on it");
    reachAll(owner.depends(), owner, " depends on it");
    reachAll(owner.recommends(), owner, " recommends it");
    reachAll(owner.suggests(), owner, " suggests it");
  }

  private void reachAll(List<Alternatives> groups, BinaryPackage owner, String how) {
    Link link = new Link(owner.name() + how, Optional.of(owner.name()));
    groups.stream()
        .flatMap(group -> group.relations().stream())
        .flatMap(relation -> universe.answersTo(relation).stream())
        .forEach(answer -> reach(answer, link));
  }
}
