package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.MessageType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What is counted of DHCP; each metric says in its description what it is. */
final class DhcpMetrics {
  private final MeterRegistry registry;
  private final Map<MessageType, Counter> packets = new EnumMap<>(MessageType.class);
  private final Counter leftOut;

  DhcpMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (MessageType type : MessageType.values()) {
      packets.put(
          type,
          Counter.builder("kiln.dhcp.packets")
              .description("DHCP messages by their type, received and sent")
              .tag("type", type.label())
              .register(registry));
    }
    this.leftOut =
        Counter.builder("kiln.dhcp.options.left.out")
            .description("Options of a fixed length that a packet had twice: the first counts")
            .register(registry);
  }

  /** A packet that was received or sent. */
  void count(MessageType type) {
    java.util.Objects.requireNonNull(packets.get(type)).increment();
  }

  /** Options of a packet that was received, which were left out. */
  void countLeftOut(int options) {
    leftOut.increment(options);
  }

  /**
   * A packet that came and got no answer.
   *
   * @param reason one of a few fixed words
   */
  void countDropped(String reason) {
    Counter.builder("kiln.dhcp.dropped")
        .description("DHCP packets that got no answer, by the reason")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
