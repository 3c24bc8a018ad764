package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpPacket;

/** What becomes of a request. */
sealed interface Answer {
  /** The reason for the machine's timeline, a sentence; empty where the packets say all. */
  String detail();

  /** A packet is sent. */
  record Reply(DhcpPacket packet, String detail) implements Answer {}

  /** Nothing is sent, and nothing had to be: the request was heard. */
  record Heard(String detail) implements Answer {}

  /**
   * Nothing is sent although the client waits for an answer.
   *
   * @param reason one of a few fixed words, for a metric's label
   */
  record Silence(String reason, String detail) implements Answer {}
}
