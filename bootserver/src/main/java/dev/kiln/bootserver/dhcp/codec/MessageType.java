package dev.kiln.bootserver.dhcp.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The DHCP messages of RFC 2131 §3.1, with their values in option 53 (RFC 2132 §9.6). */
public enum MessageType {
  DISCOVER(1),
  OFFER(2),
  REQUEST(3),
  DECLINE(4),
  ACK(5),
  NAK(6),
  RELEASE(7),
  INFORM(8);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  static Optional<MessageType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** The name in metrics and timelines: {@code discover}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
