package dev.kiln.bootserver.tftp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * Counts requests ({@code kiln_tftp_requests_total{result}}), transfers ({@code
 * kiln_tftp_transfers_total{outcome}}, {@code kiln_tftp_active_transfers}), octets that arrived
 * ({@code kiln_tftp_sent_bytes_total}), repetitions ({@code kiln_tftp_repeated_packets_total}) and
 * packets that were ignored ({@code kiln_tftp_dropped_total{reason}}).
 */
final class TftpMetrics {
  private final MeterRegistry registry;
  private final Counter octets;
  private final Counter repeated;

  TftpMetrics(MeterRegistry registry, Supplier<Number> active) {
    this.registry = registry;
    this.octets =
        Counter.builder("kiln.tftp.sent.bytes")
            .description("Octets of files that clients acknowledged")
            .register(registry);
    this.repeated =
        Counter.builder("kiln.tftp.repeated.packets")
            .description("Packets sent again because no answer came in time")
            .register(registry);
    Gauge.builder("kiln.tftp.active.transfers", active)
        .description("Transfers that go on now")
        .register(registry);
  }

  /**
   * A request was answered so.
   *
   * @param result one of a few fixed words
   */
  void countRequest(String result) {
    Counter.builder("kiln.tftp.requests")
        .description("Requests by what became of them")
        .tag("result", result)
        .register(registry)
        .increment();
  }

  void countEnd(TransferEnd end) {
    Counter.builder("kiln.tftp.transfers")
        .description("Transfers by how they ended")
        .tag("outcome", end.outcome().label())
        .register(registry)
        .increment();
    octets.increment((double) end.octets());
  }

  void countRepeated() {
    repeated.increment();
  }

  /**
   * A packet that was ignored.
   *
   * @param reason one of a few fixed words
   */
  void countDropped(String reason) {
    Counter.builder("kiln.tftp.dropped")
        .description("Packets that were ignored, by reason")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
