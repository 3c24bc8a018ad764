package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.debian.index.Alternatives;
import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says in words what is not as it was locked, and why. */
final class Moves {
  private final Former former;
  private final Request request;
  private final Map<String, BinaryPackage> before = new TreeMap<>();
  private final Map<String, Chosen> chosen = new TreeMap<>();

  Moves(Former former, Request request, List<Chosen> chosen) {
    this.former = former;
    this.request = request;
    chosen.forEach(each -> this.chosen.put(each.candidate().name(), each));
    Universe all = former.before();
    former.names().forEach(name -> before.put(name, all.candidate(name).orElseThrow()));
  }

  /** Sorted by name. */
  List<Move> list() {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(chosen.keySet());
    List<Move> moves = new ArrayList<>();
    for (String name : names) {
      BinaryPackage from = before.get(name);
      Chosen to = chosen.get(name);
      if (from == null && to != null) {
        moves.add(Move.added(name, version(to.candidate()), whyAdded(to)));
      } else if (from != null && to == null) {
        moves.add(Move.removed(name, version(from), whyRemoved(from)));
      } else if (from != null && to != null && hasMoved(from, to.candidate())) {
        String because = whyMoved(from, to.candidate());
        moves.add(Move.changed(name, version(from), version(to.candidate()), because));
      }
    }
    return moves;
  }

  private boolean hasMoved(BinaryPackage from, BinaryPackage to) {
    return former.isRebuilt(to.name())
        || !from.version().equals(to.version())
        || !from.digest().equals(to.digest());
  }

  private String whyAdded(Chosen added) {
    String reason = added.reason();
    if (reason.equals(request.wanted().get(added.candidate().name()))) {
      return "the profile wants it: " + reason;
    }
    return whoNeeds(added.candidate(), Optional.empty()).orElse(reason);
  }

  private String whyMoved(BinaryPackage from, BinaryPackage to) {
    if (former.isRebuilt(to.name()) && from.version().equals(to.version())) {
      return "the archive has other bytes under the same version";
    }
    return former
        .locked(to.name())
        .flatMap(LockedEntry::released)
        .or(() -> whoNeeds(to, Optional.of(from)))
        .or(() -> whatForbids(from))
        .orElse("only so the packages go together");
  }

  private String whyRemoved(BinaryPackage from) {
    LockedEntry locked = former.locked(from.name()).orElseThrow();
    if (!isAskedFor(from)) {
      return wasWished(locked)
          ? "the profile does not want it any more"
          : "nothing asks for it any more";
    }
    return whatForbids(from).or(locked::released).orElse("nothing asks for it any more");
  }

  /** Who needs this version, and would not take the locked one; the first of those that moved. */
  private Optional<String> whoNeeds(BinaryPackage to, Optional<BinaryPackage> instead) {
    return candidates()
        .sorted(Comparator.comparing(this::isAsBefore))
        .flatMap(
            owner ->
                wishes(owner)
                    .filter(group -> group.acceptAny(to))
                    .filter(group -> instead.filter(group::acceptAny).isEmpty())
                    .map(group -> words(owner, group)))
        .findFirst();
  }

  /** What does not let a package stay as it was. */
  private Optional<String> whatForbids(BinaryPackage from) {
    return candidates()
        .filter(from::conflictsWith)
        .map(other -> other + " and " + from + " exclude each other")
        .findFirst()
        .or(
            () ->
                from.needs()
                    .filter(group -> candidates().noneMatch(group::acceptAny))
                    .map(group -> words(from, group) + ", which nothing answers now")
                    .findFirst());
  }

  private boolean isAskedFor(BinaryPackage from) {
    return candidates().flatMap(this::wishes).anyMatch(group -> group.acceptAny(from));
  }

  private Stream<BinaryPackage> candidates() {
    return chosen.values().stream().map(Chosen::candidate);
  }

  private Stream<Alternatives> wishes(BinaryPackage owner) {
    return request.recommends()
        ? Stream.concat(owner.needs(), owner.recommends().stream())
        : owner.needs();
  }

  private boolean isAsBefore(BinaryPackage candidate) {
    BinaryPackage from = before.get(candidate.name());
    return from != null && !hasMoved(from, candidate);
  }

  private static String words(BinaryPackage owner, Alternatives group) {
    boolean needed = owner.needs().anyMatch(group::equals);
    return owner + (needed ? " depends on " : " recommends ") + group;
  }

  /** Whether the reason was the profile's own words. */
  private static boolean wasWished(LockedEntry locked) {
    String reason = locked.reason();
    return !reason.startsWith(Reached.ESSENTIAL)
        && !reason.startsWith(Roots.REQUIRED)
        && !reason.endsWith(Reached.DEPENDS)
        && !reason.endsWith(Reached.RECOMMENDS)
        && !reason.endsWith(Reached.SUGGESTS);
  }

  private static String version(BinaryPackage candidate) {
    return candidate.version().text();
  }
}
