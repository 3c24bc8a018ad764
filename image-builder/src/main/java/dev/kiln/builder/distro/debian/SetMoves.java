package dev.kiln.builder.distro.debian;

import dev.kiln.builder.distro.Move;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** In what a set of packages differs from the one before it. */
final class SetMoves {
  private SetMoves() {}

  /** Sorted by name; none where nothing was locked before. */
  static List<Move> between(Optional<LockedSet> before, LockedSet now) {
    if (before.isEmpty()) {
      return List.of();
    }
    Map<String, LockedPackage> old = byName(before.get());
    Map<String, LockedPackage> chosen = byName(now);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(chosen.keySet());
    List<Move> moves = new ArrayList<>();
    for (String name : names) {
      LockedPackage from = old.get(name);
      LockedPackage to = chosen.get(name);
      if (from == null && to != null) {
        moves.add(new Move(name, "", to.version(), to.reason()));
      } else if (to == null && from != null) {
        moves.add(new Move(name, from.version(), "", "nothing asks for it any more"));
      } else if (from != null && to != null && !from.digest().equals(to.digest())) {
        moves.add(new Move(name, from.version(), to.version(), to.reason()));
      }
    }
    return moves;
  }

  private static Map<String, LockedPackage> byName(LockedSet set) {
    Map<String, LockedPackage> byName = new TreeMap<>();
    set.packages().forEach(each -> byName.put(each.name(), each));
    return byName;
  }
}
