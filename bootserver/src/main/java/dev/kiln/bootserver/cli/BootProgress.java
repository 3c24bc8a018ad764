package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The boot that a timeline is in. A new one begins with the first event of firmware or iPXE after
 * the machine's own system had spoken.
 */
final class BootProgress {
  private static final Set<Step> SYSTEM =
      Set.of(Step.NOCLOUD, Step.CLOUD_INIT, Step.UP, Step.FAILED, Step.REPORT);

  private static final Set<Step> LOADERS =
      Set.of(
          Step.TFTP_START,
          Step.TFTP_PROBE,
          Step.LOADER,
          Step.LOADER_SIZE,
          Step.IPXE_STARTED,
          Step.BOOT_SCRIPT,
          Step.WAITING);

  private final Set<Step> steps = EnumSet.noneOf(Step.class);
  private @Nullable Instant start;
  private @Nullable Event last;

  void take(Event event) {
    if (start == null || beginsAnew(event)) {
      steps.clear();
      start = event.at();
    }
    steps.add(event.step());
    last = event;
  }

  /** Whether the boot has come to this step. */
  boolean has(Step step) {
    return steps.contains(step);
  }

  /** Whether the last event was the first of its boot. */
  boolean begun() {
    return last != null && last.at().equals(start) && steps.size() == 1;
  }

  /** From the boot's first event to the last one. */
  Duration elapsed() {
    return start == null || last == null ? Duration.ZERO : Duration.between(start, last.at());
  }

  Optional<Event> last() {
    return Optional.ofNullable(last);
  }

  private boolean beginsAnew(Event event) {
    return SYSTEM.stream().anyMatch(steps::contains) && isOfALoader(event);
  }

  /** A system that runs asks for addresses too; DHCP says who asks first. */
  private static boolean isOfALoader(Event event) {
    return LOADERS.contains(event.step())
        || (event.step() == Step.DHCP_DISCOVER
            && event.values().find(Field.ASKER).filter("OTHER"::equals).isEmpty());
  }
}
