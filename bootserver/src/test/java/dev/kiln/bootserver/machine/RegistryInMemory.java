package dev.kiln.bootserver.machine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Cards that a test forgets when it ends. */
public final class RegistryInMemory implements MachineRegistry {
  private final Map<MacAddress, Claims> cards = new ConcurrentHashMap<>();

  @Override
  public void seen(Claims claims, Instant at) {
    cards.merge(claims.mac(), claims, (earlier, now) -> now.orElse(earlier));
  }

  @Override
  public Optional<Claims> remembered(MacAddress mac) {
    return Optional.ofNullable(cards.get(mac));
  }

  @Override
  public CompletionStage<List<Discovered>> list() {
    return CompletableFuture.completedStage(
        cards.values().stream()
            .map(claims -> new Discovered(claims, Instant.EPOCH, Instant.EPOCH))
            .toList());
  }
}
