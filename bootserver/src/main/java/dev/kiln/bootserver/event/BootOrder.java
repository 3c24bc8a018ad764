package dev.kiln.bootserver.event;

import dev.kiln.bootserver.boot.Asker;
import java.time.Duration;

/**
 * What begins a new boot of a card: by the events alone, in their order. A program that comes early
 * in a boot begins a new one where a later one had its say already.
 *
 * <table>
 * <caption>Who speaks, and how far the boot had come</caption>
 * <tr><th></th><th>FIRMWARE</th><th>IPXE</th><th>KERNEL</th><th>SYSTEM</th></tr>
 * <tr><td>firmware DISCOVERs</td><td>same</td><td>new</td><td>new</td><td>new</td></tr>
 * <tr><td>a boot program is fetched</td><td>same</td><td>same</td><td>new</td><td>new</td></tr>
 * <tr><td>iPXE DISCOVERs</td><td>same</td><td>same</td><td>new</td><td>new</td></tr>
 * <tr><td>iPXE asks for a script</td><td>same</td><td>same</td><td>same</td><td>new</td></tr>
 * <tr><td>anything else</td><td>same</td><td>same</td><td>same</td><td>same</td></tr>
 * </table>
 *
 * <p>iPXE that could not load an image asks for its script again, which takes the boot back to
 * iPXE: its next DISCOVER is of the same boot.
 *
 * <p>What cannot be told by events alone: a machine that is reset before it came further than what
 * it then does first. So a reset between two DISCOVERs of firmware, and one of a machine with iPXE
 * in ROM before it has loaded a kernel, are the same boot; without DHCP of this server also one
 * between kernel and system, where iPXE is in ROM. Nothing proves an event either: who speaks in a
 * machine's name can begin boots of it, {@value #MOST_BEGUN} in {@link #WITHIN} at most.
 */
public final class BootOrder {
  /** So many boots of a card begin within a time; what would begin one more goes on with it. */
  public static final int MOST_BEGUN = 20;

  /** The time within which so many begin. */
  public static final Duration WITHIN = Duration.ofHours(4);

  /** How far a boot has come: which of the programs of a boot spoke last in their order. */
  public enum Stage {
    /** Nobody but firmware, if that. */
    FIRMWARE,
    IPXE,
    /** A file of an image was fetched: the kernel runs, or is about to. */
    KERNEL,
    /** The machine's own system. */
    SYSTEM
  }

  /**
   * Where an event stands.
   *
   * @param begins whether it begins a new boot
   * @param stage how far its boot has come with it
   */
  public record Place(boolean begins, Stage stage) {}

  /** Who is heard in an event. */
  private enum Speaker {
    FIRMWARE,
    /** Firmware or an iPXE in ROM fetches a boot program. */
    FETCHES_PROGRAM,
    IPXE_DISCOVERS,
    IPXE_ASKS,
    KERNEL,
    SYSTEM,
    NOBODY
  }

  private BootOrder() {}

  /** Where the first event of a card stands. */
  public static Place first(Event event) {
    return new Place(true, next(Stage.FIRMWARE, event).stage());
  }

  /** Where an event stands behind those of a boot that has come so far. */
  public static Place next(Stage stage, Event event) {
    Speaker speaker = speaker(event);
    return switch (speaker) {
      case FIRMWARE -> new Place(stage != Stage.FIRMWARE, Stage.FIRMWARE);
      case FETCHES_PROGRAM ->
          isBehindIpxe(stage) ? new Place(true, Stage.FIRMWARE) : new Place(false, stage);
      case IPXE_DISCOVERS -> new Place(isBehindIpxe(stage), Stage.IPXE);
      case IPXE_ASKS -> new Place(stage == Stage.SYSTEM, Stage.IPXE);
      case KERNEL -> new Place(false, stage == Stage.SYSTEM ? stage : Stage.KERNEL);
      case SYSTEM -> new Place(false, Stage.SYSTEM);
      case NOBODY -> new Place(false, stage);
    };
  }

  /** Whether firmware or iPXE is heard in an event: what a machine does before its system runs. */
  public static boolean isBeforeTheSystem(Event event) {
    return switch (speaker(event)) {
      case FIRMWARE, FETCHES_PROGRAM, IPXE_DISCOVERS, IPXE_ASKS -> true;
      case KERNEL, SYSTEM, NOBODY -> false;
    };
  }

  private static boolean isBehindIpxe(Stage stage) {
    return stage == Stage.KERNEL || stage == Stage.SYSTEM;
  }

  private static Speaker speaker(Event event) {
    return switch (event.step()) {
      case DHCP_DISCOVER -> discovers(event);
      case TFTP_START, TFTP_PROBE, LOADER, LOADER_SIZE -> Speaker.FETCHES_PROGRAM;
      case IPXE_STARTED, BOOT_SCRIPT -> Speaker.IPXE_ASKS;
      // A system that is told to wait asked for a document of its seed.
      case WAITING ->
          event.values().find(Field.DOCUMENT).isPresent() ? Speaker.SYSTEM : Speaker.IPXE_ASKS;
      case IMAGE_FILE -> Speaker.KERNEL;
      case NOCLOUD, CLOUD_INIT, REPORT, UP, FAILED -> Speaker.SYSTEM;
      default -> Speaker.NOBODY;
    };
  }

  private static Speaker discovers(Event event) {
    String asker = event.values().get(Field.ASKER);
    if (asker.equals(Asker.PXE.name()) || asker.equals(Asker.HTTP_BOOT.name())) {
      return Speaker.FIRMWARE;
    }
    if (asker.equals(Asker.IPXE.name())) {
      return Speaker.IPXE_DISCOVERS;
    }
    return asker.equals(Asker.OTHER.name()) ? Speaker.SYSTEM : Speaker.NOBODY;
  }
}
