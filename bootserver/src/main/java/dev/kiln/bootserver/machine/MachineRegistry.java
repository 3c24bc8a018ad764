package dev.kiln.bootserver.machine;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Every card that was ever seen, and what it said of its machine. Anybody on the link can fill it,
 * so it is bounded, and forgets the cards that were silent longest.
 */
public interface MachineRegistry {
  /**
   * A card was seen, and said this: what of it is remembered, {@link Claims#over} decides. Returns
   * at once, on any thread, and throws nothing.
   *
   * @param recognized whether claims lead to a machine that has a file
   * @return what is remembered of the card from now on
   */
  CompletionStage<Claims> seen(Claims claims, Instant at, Predicate<Claims> recognized);
}
