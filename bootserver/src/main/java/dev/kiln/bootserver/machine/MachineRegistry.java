package dev.kiln.bootserver.machine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Every card that was ever seen, and what it said of its machine. Anybody on the link can fill it,
 * so it is bounded, and forgets the cards that were silent longest.
 */
public interface MachineRegistry {
  /** Remembers what a card said. Returns at once, on any thread, and throws nothing. */
  void seen(Claims claims, Instant at);

  /** What this card said before; known at once. */
  Optional<Claims> remembered(MacAddress mac);

  /** All of them, the one seen last first. */
  CompletionStage<List<Discovered>> list();
}
