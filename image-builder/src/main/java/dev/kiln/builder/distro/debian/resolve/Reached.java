package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the marked packages something asks for, and who does. The others were marked on the way
 * to a choice that failed; apt drops them as well, but for those that somebody at least suggests.
 */
final class Reached {
  static final String DEPENDS = " depends on it";
  static final String RECOMMENDS = " recommends it";
  static final String SUGGESTS = " suggests it";
  static final String ESSENTIAL = "essential";

  private final Universe universe;
  private final Marks marks;
  private final boolean recommends;
  private final Preference liked;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final List<BinaryPackage> found = new ArrayList<>();
  private int followed;

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
  Reached(
      Universe universe,
      Marks marks,
      Map<BinaryPackage, String> roots,
      boolean recommends,
      Preference liked) {
    this.universe = universe;
    this.marks = marks;
    this.recommends = recommends;
    this.liked = liked;
    roots.forEach((root, reason) -> reach(root, new Link(reason, Optional.empty())));
    followAll();
    while (keepWhatIsMerelyLiked() || keepWhatIsEssential()) {
      followAll();
    }
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

  /** The packages that lead to one, from what asks for itself. */
  List<BinaryPackage> way(BinaryPackage candidate) {
    ArrayDeque<BinaryPackage> way = new ArrayDeque<>(List.of(candidate));
    Optional<String> asker = asker(candidate.name());
    while (asker.isPresent()) {
      way.addFirst(universe.candidate(asker.get()).orElseThrow());
      asker = asker(asker.get());
    }
    return List.copyOf(way);
  }

  private Optional<String> asker(String name) {
    return Optional.ofNullable(links.get(name)).flatMap(Link::asker);
  }

  private void reach(BinaryPackage candidate, Link link) {
    if (marks.isInstalled(candidate) && links.putIfAbsent(candidate.name(), link) == null) {
      found.add(candidate);
    }
  }

  private void followAll() {
    while (followed < found.size()) {
      BinaryPackage owner = found.get(followed++);
      reachAll(owner.preDepends(), owner, DEPENDS);
      reachAll(owner.depends(), owner, DEPENDS);
      if (recommends) {
        reachAll(owner.recommends(), owner, RECOMMENDS);
      }
    }
  }

  /** As in apt, whatever was marked stays if somebody recommends or suggests it. */
  private boolean keepWhatIsMerelyLiked() {
    int before = found.size();
    for (BinaryPackage owner : List.copyOf(found)) {
      if (!recommends) {
        reachAll(owner.recommends(), owner, RECOMMENDS);
      }
      reachAll(owner.suggests(), owner, SUGGESTS);
    }
    return found.size() > before;
  }

  /** As in apt, what a system cannot do without stays once it was marked. */
  private boolean keepWhatIsEssential() {
    int before = found.size();
    marks.installed().stream()
        .filter(candidate -> candidate.essential() || candidate.important())
        .filter(candidate -> liked.keeps(candidate, ESSENTIAL))
        .forEach(candidate -> reach(candidate, new Link(ESSENTIAL, Optional.empty())));
    return found.size() > before;
  }

  private void reachAll(List<Alternatives> groups, BinaryPackage owner, String how) {
    boolean asked = how.equals(DEPENDS) || (how.equals(RECOMMENDS) && recommends);
    Link link = new Link(owner.name() + how, Optional.of(owner.name()));
    groups.stream()
        .flatMap(group -> group.relations().stream())
        .flatMap(relation -> universe.answersTo(relation).stream())
        // Whatever order the indexes have: the reasons must not follow from it.
        .sorted(Comparator.comparing(BinaryPackage::name))
        .filter(answer -> asked || liked.keeps(answer, link.reason()))
        .forEach(answer -> reach(answer, link));
  }
}
