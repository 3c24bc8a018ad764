package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.lease.PoolUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What is counted of DHCP; each metric says in its description what it is. */
final class DhcpMetrics {
  private final MeterRegistry registry;
  private final Map<MessageType, Counter> packets = new EnumMap<>(MessageType.class);
  private final Counter leftOut;
  private volatile PoolUse pool = new PoolUse(0, 0);

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
    gauge("free", metrics -> metrics.pool.free());
    gauge("used", metrics -> metrics.pool.used());
  }

  private void gauge(String state, ToDoubleFunction<DhcpMetrics> addresses) {
    Gauge.builder("kiln.dhcp.pool.addresses", this, addresses)
        .description("Addresses of the pool, by whether a new machine can get them")
        .tag("state", state)
        .register(registry);
  }

  /** How full the pool is now. */
  void set(PoolUse now) {
    pool = now;
  }

  /** A packet that was received or sent. */
  void count(MessageType type) {
    Objects.requireNonNull(packets.get(type)).increment();
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
