package dev.kiln.bootserver.event;

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

  private Step() {}
}
