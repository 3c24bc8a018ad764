package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.event.BootOrder;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The boot that a machine's timeline is in: the latest that any of its cards began before its
 * system ran. What a running system does with its other cards belongs to it.
 */
final class BootProgress {
  private final Set<Step> steps = EnumSet.noneOf(Step.class);
  private @Nullable StoredEvent first;
  private @Nullable StoredEvent last;

  void take(StoredEvent stored) {
    if (first == null || (stored.begins() && BootOrder.isBeforeTheSystem(stored.event()))) {
      steps.clear();
      first = stored;
    }
    steps.add(stored.event().step());
    last = stored;
  }

  /** Whether the boot has come to this step. */
  boolean has(Step step) {
    return steps.contains(step);
  }

  /** Whether the last event was the first of its boot. */
  boolean begun() {
    return last != null && last.equals(first);
  }

  /** From the boot's first event to the last one. */
  Duration elapsed() {
    return last == null ? Duration.ZERO : elapsed(last.event().at());
  }

  /** From the boot's first event. */
  Duration elapsed(Instant until) {
    return first == null ? Duration.ZERO : Duration.between(first.event().at(), until);
  }

  Optional<Event> last() {
    return Optional.ofNullable(last).map(StoredEvent::event);
  }
}
