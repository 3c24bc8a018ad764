package dev.kiln.bootserver.event;

import java.util.List;
import java.util.stream.Stream;

/** The steps of a boot by their names in timelines: who records one and who looks for it agree. */
public final class Step {
  /** Before the type of a DHCP message, such as {@code dhcp-offer}. */
  public static final String DHCP = "dhcp-";

  public static final String DHCP_DISCOVER = DHCP + "discover";
  public static final String TFTP_START = "tftp-start";
  public static final String TFTP_DONE = "tftp-done";
  public static final String TFTP_PROBE = "tftp-probe";
  public static final String TFTP_ABORT = "tftp-abort";
  public static final String TFTP_REFUSED = "tftp-refused";

  /** Boot programs and files of images by HTTP; see the two endings. */
  public static final String LOADER = "loader";

  public static final String IMAGE_FILE = "image-file";

  /** Behind the name of a file's step, where only its size was asked for. */
  public static final String SIZE = "-size";

  /** Behind the name of a file's step, where it was not sent to its end. */
  public static final String ABORTED = "-aborted";

  public static final String IPXE_STARTED = "ipxe-started";
  public static final String BOOT_SCRIPT = "boot-script";
  public static final String WAITING = "waiting";

  /** Somebody said of a card what the file of its machine denies. */
  public static final String CONTRADICTION = "contradiction";

  public static final String NOCLOUD = "nocloud";

  /** A report of cloud-init; {@link #REPORT} is one of something else. */
  public static final String CLOUD_INIT = "cloud-init";

  public static final String REPORT = "report";
  public static final String UP = "up";
  public static final String FAILED = "failed";

  /** Every step that is recorded. */
  private static final List<String> ALL =
      Stream.of(
              Stream.of(
                      "discover",
                      "offer",
                      "request",
                      "ack",
                      "nak",
                      "decline",
                      "release",
                      "inform",
                      "unanswered")
                  .map(DHCP::concat),
              Stream.of(TFTP_START, TFTP_DONE, TFTP_PROBE, TFTP_ABORT, TFTP_REFUSED),
              Stream.of(LOADER, IMAGE_FILE)
                  .flatMap(file -> Stream.of(file, file + SIZE, file + ABORTED)),
              Stream.of(IPXE_STARTED, BOOT_SCRIPT, WAITING, CONTRADICTION),
              Stream.of(NOCLOUD, CLOUD_INIT, REPORT, UP, FAILED))
          .flatMap(steps -> steps)
          .sorted()
          .toList();

  private Step() {}

  /** Every step that is recorded, by name. */
  public static List<String> all() {
    return ALL;
  }
}
