package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.BootOrder;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The latest boot of a card, as far as one batch of events looks at it. */
final class OpenBoot {
  private final long card;
  private final long number;
  private final Standing standing;
  private final boolean isNew;
  private final Map<Step, Map<Said, Line>> steps = new EnumMap<>(Step.class);
  private BootOrder.Stage stage;
  private boolean cameFurther;

  /** By what a line is the same as another of its step. */
  record Said(Values values, boolean claimed) {}

  /** A line, and whether the file has it otherwise. */
  static final class Line {
    private StoredEvent stored;
    private boolean changed;

    Line(StoredEvent stored) {
      this.stored = stored;
    }

    private StoredEvent again(Instant at) {
      stored =
          new StoredEvent(
              stored.number(),
              stored.boot(),
              stored.event(),
              stored.times() + 1,
              at.isAfter(stored.last()) ? at : stored.last());
      changed = true;
      return stored;
    }
  }

  private OpenBoot(long card, long number, BootOrder.Place place, Standing standing) {
    this.card = card;
    this.number = number;
    this.isNew = place.begins();
    this.stage = place.stage();
    this.standing = standing;
  }

  /** A boot that begins with the next line. */
  static OpenBoot begun(long card, long number, BootOrder.Stage stage, Standing standing) {
    return new OpenBoot(card, number, new BootOrder.Place(true, stage), standing);
  }

  /** A boot that the file has. */
  static OpenBoot found(long card, long number, BootOrder.Stage stage, Standing standing) {
    return new OpenBoot(card, number, new BootOrder.Place(false, stage), standing);
  }

  long card() {
    return card;
  }

  long number() {
    return number;
  }

  Standing standing() {
    return standing;
  }

  BootOrder.Stage stage() {
    return stage;
  }

  void comesTo(BootOrder.Stage next) {
    cameFurther |= next != stage;
    stage = next;
  }

  /** Whether the lines of a step are known. */
  boolean knows(Step step) {
    return isNew || steps.containsKey(step);
  }

  /** The lines that the file has of a step. */
  void learn(Step step, Map<Said, Line> lines) {
    steps.put(step, new HashMap<>(lines));
  }

  /** What an event is written as: itself, or one of too many that differ. */
  Values writtenAs(Event event) {
    Map<Said, Line> lines = of(event.step());
    boolean fits =
        lines.size() < standing.lines(event.step())
            || lines.containsKey(new Said(event.values(), event.claimed()));
    return fits ? event.values() : Values.MORE;
  }

  /** Counts an event in the line that has it; whether there is one. */
  Optional<StoredEvent> again(Event event, Values as) {
    return Optional.ofNullable(of(event.step()).get(new Said(as, event.claimed())))
        .map(line -> line.again(event.at()));
  }

  /** A line was begun. */
  void begun(StoredEvent stored) {
    Event event = stored.event();
    of(event.step()).put(new Said(event.values(), event.claimed()), new Line(stored));
  }

  /** Writes what changed since. */
  void flush(Session session) throws SQLException {
    for (Map<Said, Line> lines : steps.values()) {
      for (Line line : lines.values()) {
        if (line.changed) {
          session.update(
              "UPDATE event SET times = ?1, last = ?2 WHERE number = ?3",
              line.stored.times(),
              line.stored.last().toEpochMilli(),
              line.stored.number());
          line.changed = false;
        }
      }
    }
    if (cameFurther) {
      session.update(
          "UPDATE boot SET stage = ?1 WHERE mac = ?2 AND number = ?3", stage.name(), card, number);
      cameFurther = false;
    }
  }

  private Map<Said, Line> of(Step step) {
    return steps.computeIfAbsent(step, key -> new HashMap<>());
  }
}
