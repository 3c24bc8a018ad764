package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.resolve.Locked.LockedEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was locked, beside what the indexes have now. */
final class Former {
  private final Universe universe;
  private final boolean recommends;
  private final Map<String, LockedEntry> locked = new TreeMap<>();
  private final Map<String, IndexEntry> held = new TreeMap<>();
  private final Set<String> rebuilt = new TreeSet<>();

  Former(Universe universe, Locked former) {
    this.universe = universe;
    this.recommends = former.recommends();
    former.packages().forEach(each -> locked.put(each.name(), each));
    Map<String, List<IndexEntry>> offered = universe.entriesOf(locked.keySet());
    locked.values().forEach(each -> hold(each, offered.getOrDefault(each.name(), List.of())));
  }

  Set<String> names() {
    return locked.keySet();
  }

  Optional<LockedEntry> locked(String name) {
    return Optional.ofNullable(locked.get(name));
  }

  /** Whether every version that is preferred is the one that was locked. */
  boolean holdsEverything() {
    return held.keySet().containsAll(locked.keySet());
  }

  /** Whether no locked version is preferred at all. */
  boolean prefersNothing() {
    return locked.values().stream().allMatch(each -> each.released().isPresent());
  }

  /** Whether the archive has other bytes under the version that was locked. */
  boolean isRebuilt(String name) {
    return rebuilt.contains(name);
  }

  /** Those whose version could move. */
  Set<String> movable() {
    Set<String> movable = new TreeSet<>();
    held.forEach(
        (name, entry) -> {
          if (universe.entry(name).filter(free -> !isSame(free, entry)).isPresent()) {
            movable.add(name);
          }
        });
    return movable;
  }

  /** Everything in its locked version. */
  Universe before() {
    return universe.preferring(
        locked.values().stream()
            .map(each -> held.getOrDefault(each.name(), each.entry()))
            .toList());
  }

  /** Everything in its locked version, but apt's own candidates for these names. */
  Universe without(Collection<String> released) {
    return universe.preferring(
        held.values().stream().filter(entry -> !released.contains(entry.name())).toList());
  }

  /** What is preferred when apt's own candidates are taken for these names. */
  Preference preference(
      Request request, Set<String> kept, Collection<String> released, boolean guarding) {
    Set<String> settled = new TreeSet<>(kept);
    settled.retainAll(recommends ? held.keySet() : Set.of());
    settled.removeAll(released);
    return new Preference(reasons(request), kept, settled, guarding);
  }

  /** What came along as recommended stays only while that is still wished. */
  private Map<String, String> reasons(Request request) {
    boolean unwished = recommends && !request.recommends();
    Map<String, String> reasons = new TreeMap<>();
    locked.forEach(
        (name, each) ->
            reasons.put(
                name, unwished && each.reason().endsWith(Reached.RECOMMENDS) ? "" : each.reason()));
    return reasons;
  }

  /** Whether the packages that were locked came with what they recommend. */
  boolean hasRecommended() {
    return recommends;
  }

  private void hold(LockedEntry each, List<IndexEntry> offered) {
    List<IndexEntry> sameVersion =
        offered.stream().filter(one -> one.version().equals(each.entry().version())).toList();
    Optional<IndexEntry> candidate = universe.entry(each.name());
    Optional<IndexEntry> same =
        candidate
            .filter(one -> isSame(one, each.entry()))
            .or(() -> sameVersion.stream().filter(each.entry()::hasBytesOf).findFirst());
    if (each.released().isPresent()) {
      same.filter(one -> candidate.filter(one::equals).isPresent())
          .ifPresent(one -> held.put(each.name(), one));
      return;
    }
    Optional<IndexEntry> otherBytes =
        same.isPresent()
            ? Optional.empty()
            : sameVersion.stream().filter(one -> isOfOneRepository(one, each.entry())).findFirst();
    otherBytes.ifPresent(one -> rebuilt.add(one.name()));
    held.put(each.name(), same.or(() -> otherBytes).orElse(each.entry()));
  }

  private static boolean isSame(IndexEntry one, IndexEntry other) {
    return one.version().equals(other.version()) && one.hasBytesOf(other);
  }

  private static boolean isOfOneRepository(IndexEntry one, IndexEntry other) {
    return one.origin().repository().equals(other.origin().repository());
  }
}
