package dev.kiln.bootserver.event;

/** What became of an event that was to be recorded. */
public sealed interface Recording {
  /** It is durable: a line of its own, or once more one that was there. */
  record Stored(StoredEvent line) implements Recording {}

  /** It was one of too many that differ: it is counted in the line of those. */
  record Counted(StoredEvent line) implements Recording {}

  /** No timeline has it: it came too fast, or the record could not be written. It is counted. */
  record Dropped() implements Recording {}
}
