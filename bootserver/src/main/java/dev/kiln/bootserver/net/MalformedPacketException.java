package dev.kiln.bootserver.net;

/**
 * A datagram that does not follow its protocol. Checked, because every receiver must decide;
 * without a stack trace, because anybody can send one and it should cost nothing.
 */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A refusal.
   *
   * @param reason one of a few fixed words, which become values of a metric's label
   */
  public MalformedPacketException(String reason) {
    super("malformed packet: " + reason, null, false, false);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
