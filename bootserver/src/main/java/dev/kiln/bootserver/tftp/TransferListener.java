package dev.kiln.bootserver.tftp;

/** Is told what happens in a transfer. */
interface TransferListener {
  /** The client has acknowledged something; told once. */
  void answered();

  /** A packet was sent again. */
  void repeated();

  /**
   * A packet was ignored.
   *
   * @param reason one of a few fixed words
   */
  void dropped(String reason);

  /** It is over; told once. */
  void ended(TransferEnd end);
}
