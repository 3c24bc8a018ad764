package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Cards that a test forgets when it ends. */
public final class RegistryInMemory implements MachineRegistry {
  private final Map<MacAddress, Claims> cards = new HashMap<>();

  @Override
  public synchronized CompletionStage<Claims> seen(
      Claims claims, Instant at, Predicate<Claims> recognized) {
    Claims earlier = cards.getOrDefault(claims.mac(), Claims.of(claims.mac()));
    Claims kept = claims.over(earlier, recognized);
    cards.put(claims.mac(), kept);
    return CompletableFuture.completedStage(kept);
  }
}
