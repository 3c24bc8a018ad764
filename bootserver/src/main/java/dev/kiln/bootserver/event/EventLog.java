package dev.kiln.bootserver.event;

import java.util.concurrent.CompletionStage;

/**
 * Takes what happens, in the order of the calls, and gives each event its boot ({@link BootOrder}).
 * The same event once more in a boot is no new line; of those that differ a boot keeps {@link
 * Standing#lines} of each step. Servers that share a record agree on all of it.
 *
 * <p>Called on event loops: returns at once, keeps its own bound, and throws nothing.
 */
@FunctionalInterface
public interface EventLog {
  /** Records an event; the stage completes when it is durable or is not recorded, never fails. */
  CompletionStage<Recording> record(Event event);
}
