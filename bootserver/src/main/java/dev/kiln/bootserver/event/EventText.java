package dev.kiln.bootserver.event;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events in words, one line for a person. */
public final class EventText {
  private EventText() {}

  /** The line of what was recorded, with how often it came. */
  public static String of(StoredEvent stored) {
    if (stored.event().values().find(Field.MORE).isPresent()) {
      return "and " + stored.times() + " more that differ";
    }
    return of(stored.event()) + (stored.times() > 1 ? " ×" + stored.times() : "");
  }

  /** The line of an event, without its time, its step, and whether it is claimed. */
  public static String of(Event event) {
    Values values = event.values();
    String said = values.find(Field.TEXT).orElseGet(() -> bySort(event.step(), values));
    return values.find(Field.BY).isPresent() ? said + ", by " + values.get(Field.BY) : said;
  }

  private static String bySort(Step step, Values values) {
    return switch (step) {
      case DHCP_DISCOVER,
          DHCP_OFFER,
          DHCP_REQUEST,
          DHCP_ACK,
          DHCP_NAK,
          DHCP_DECLINE,
          DHCP_RELEASE,
          DHCP_INFORM,
          DHCP_UNANSWERED ->
          dhcp(values);
      case TFTP_START, TFTP_DONE, TFTP_PROBE, TFTP_ABORT, TFTP_REFUSED -> tftp(step, values);
      case LOADER, LOADER_ABORTED, IMAGE_FILE, IMAGE_FILE_ABORTED ->
          values.get(Field.FILE)
              + ", "
              + values.get(Field.BYTES)
              + " bytes, "
              + values.get(Field.MILLIS)
              + " ms";
      case LOADER_SIZE, IMAGE_FILE_SIZE -> values.get(Field.FILE);
      case NOCLOUD -> values.get(Field.DOCUMENT);
      case WAITING, CONTRADICTION -> values.get(Field.WHY);
      case CLOUD_INIT, REPORT -> report(values);
      case IPXE_STARTED -> "iPXE runs and is asked who it is";
      case BOOT_SCRIPT ->
          "image " + values.get(Field.IMAGE) + " for group " + values.get(Field.GROUP);
      case UP -> "cloud-init is done";
      case NOT_RECORDED -> "more happens in its name than is recorded";
      case FAILED -> "cloud-init ended with errors";
    };
  }

  private static String dhcp(Values values) {
    String address =
        values.get(Field.ADDRESS)
            + values.find(Field.SECONDS).map(seconds -> " for " + seconds + " s").orElse("");
    String subject = joined(", ", address, values.get(Field.STATE), asker(values));
    return joined("; ", subject, values.get(Field.WHY));
  }

  /** What asks, and on what: {@code PXE UEFI_X64}. */
  private static String asker(Values values) {
    if (values.find(Field.ASKER).isEmpty()) {
      return "";
    }
    return values.get(Field.ASKER).equals("OTHER")
        ? "an operating system"
        : values.get(Field.ASKER)
            + " "
            + values.find(Field.ARCHITECTURE).orElse("of an architecture that is unknown here");
  }

  private static String tftp(Step step, Values values) {
    String file = joined(" ", values.get(Field.PEER), values.get(Field.FILE));
    return switch (step) {
      case TFTP_PROBE -> file + ", its size only";
      case TFTP_REFUSED -> joined(": ", file, values.get(Field.WHY));
      case TFTP_START ->
          file
              + ", "
              + values.get(Field.BYTES)
              + " bytes in blocks of "
              + values.get(Field.BLOCK_SIZE);
      default -> joined(": ", file + ", " + transfer(values), values.get(Field.WHY));
    };
  }

  private static String transfer(Values values) {
    return String.format(
        Locale.ROOT,
        "%s bytes in %.3f s, %s packets repeated",
        values.get(Field.BYTES),
        Long.parseLong(values.find(Field.MILLIS).orElse("0")) / 1e3,
        values.get(Field.REPEATED));
  }

  private static String report(Values values) {
    String what =
        joined(" ", values.get(Field.TYPE), values.get(Field.NAME), values.get(Field.RESULT));
    return joined(": ", what, values.get(Field.DESCRIPTION));
  }

  private static String joined(String between, String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(between));
  }
}
