package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.MessageType;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts packets: {@code kiln_dhcp_packets_total{type}} by message type, both ways, and {@code
 * kiln_dhcp_dropped_total{reason}} for those that nobody answers.
 */
final class DhcpMetrics {
  private static final String PACKETS = "kiln.dhcp.packets";
  private static final String DROPPED = "kiln.dhcp.dropped";

  private final MeterRegistry registry;

  DhcpMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (MessageType type : MessageType.values()) {
      registry.counter(PACKETS, "type", type.label());
    }
  }

  /** A packet that was received or sent. */
  void count(MessageType type) {
    registry.counter(PACKETS, "type", type.label()).increment();
  }

  /**
   * A packet that came and got no answer.
   *
   * @param reason one of a few fixed words
   */
  void countDropped(String reason) {
    registry.counter(DROPPED, "reason", reason).increment();
  }
}
