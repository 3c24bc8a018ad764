package dev.kiln.builder.lock;

import dev.kiln.builder.distro.Move;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedPin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** In what the pins of a lock differ from those before: the profile says so. */
final class PinMoves {
  private static final String PROFILE = "the profile says so";

  private PinMoves() {}

  static List<Move> between(Lock before, Lock now) {
    Map<String, LockedPin> old = byName(before);
    List<Move> moves = new ArrayList<>();
    for (LockedPin pin : now.pins()) {
      LockedPin from = old.remove(pin.name());
      if (from == null) {
        moves.add(Move.added(pin.name(), pin.version(), PROFILE));
      } else if (!from.digest().equals(pin.digest())) {
        moves.add(
            Move.changed(
                pin.name(),
                from.version(),
                pin.version(),
                from.version().equals(pin.version()) ? PROFILE + ", with other bytes" : PROFILE));
      }
    }
    old.values().forEach(pin -> moves.add(Move.removed(pin.name(), pin.version(), PROFILE)));
    return moves;
  }

  private static Map<String, LockedPin> byName(Lock lock) {
    Map<String, LockedPin> byName = new LinkedHashMap<>();
    lock.pins().forEach(pin -> byName.put(pin.name(), pin));
    return byName;
  }
}
