package dev.kiln.bootserver.machine;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Every card that was ever seen, and what it said of its machine. Anybody on the link can fill it,
 * so it is bounded, and forgets the cards that were silent longest; those that lead to no machine
 * never push out one that does. Servers that share a record agree on it.
 */
public interface MachineRegistry {
  /**
   * A card was seen, and said this: what of it is remembered, {@link Claims#over} decides, call by
   * call in their order. Returns at once, on any thread, and throws nothing.
   *
   * @param recognized whether claims lead to a machine that has a file; asked on any thread
   * @return completes with what is remembered of the card from now on; fails where the record
   *     cannot be written
   */
  CompletionStage<Claims> seen(Claims claims, Instant at, Predicate<Claims> recognized);
}
