package dev.kiln.bootserver.event;

/**
 * Takes what happens. Called on event loops: an implementation returns at once, keeps its own
 * bound, and throws nothing.
 */
@FunctionalInterface
public interface EventLog {
  void record(Event event);
}
