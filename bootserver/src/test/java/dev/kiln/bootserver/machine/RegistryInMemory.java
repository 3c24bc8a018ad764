package dev.kiln.bootserver.machine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Cards that a test forgets when it ends. */
public final class RegistryInMemory implements MachineRegistry {
  private final Map<MacAddress, Claims> cards = new HashMap<>();

  @Override
  public synchronized Claims seen(Claims claims, Instant at, Predicate<Claims> recognized) {
    Claims kept = claims.over(remembered(claims.mac()).orElse(Claims.of(claims.mac())), recognized);
    cards.put(claims.mac(), kept);
    return kept;
  }

  @Override
  public synchronized Optional<Claims> remembered(MacAddress mac) {
    return Optional.ofNullable(cards.get(mac));
  }
}
