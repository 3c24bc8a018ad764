package dev.kiln.bootserver.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps of a boot: every sort of event that is recorded. Their names are stored and are what
 * people and programs ask for, so none is ever changed; one more is a new format of the state.
 */
public enum Step {
  DHCP_DISCOVER,
  DHCP_OFFER,
  DHCP_REQUEST,
  DHCP_ACK,
  DHCP_NAK,
  DHCP_DECLINE,
  DHCP_RELEASE,
  DHCP_INFORM,
  /** The request before it got no answer. */
  DHCP_UNANSWERED,
  TFTP_START,
  TFTP_DONE,
  /** The client asked for a file's size only. */
  TFTP_PROBE,
  TFTP_ABORT,
  TFTP_REFUSED,
  /** A boot program by HTTP. */
  LOADER,
  LOADER_SIZE,
  LOADER_ABORTED,
  /** A file of an image by HTTP. */
  IMAGE_FILE,
  IMAGE_FILE_SIZE,
  IMAGE_FILE_ABORTED,
  IPXE_STARTED,
  BOOT_SCRIPT,
  WAITING,
  /** Somebody said of a card what the file of its machine denies. */
  CONTRADICTION,
  NOCLOUD,
  /** A report of cloud-init. */
  CLOUD_INIT,
  /** A report of something else. */
  REPORT,
  UP,
  FAILED,
  /** More happens in the name of a card than is recorded. */
  NOT_RECORDED;

  private static final Map<String, Step> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Step::label, step -> step));

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its name, such as {@code dhcp-offer}. */
  public String label() {
    return label;
  }

  /**
   * How many different events of it a boot keeps: more than any boot has. cloud-init alone makes
   * some 150 reports.
   */
  int lines() {
    return this == CLOUD_INIT ? 256 : 32;
  }

  /** The step of a name. */
  public static Optional<Step> named(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /** Every name, sorted. */
  public static List<String> labels() {
    return BY_LABEL.keySet().stream().sorted().toList();
  }
}
