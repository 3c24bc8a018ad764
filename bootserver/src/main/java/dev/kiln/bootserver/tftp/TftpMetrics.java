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
    this.octets = registry.counter("kiln.tftp.sent.bytes");
    this.repeated = registry.counter("kiln.tftp.repeated.packets");
    Gauge.builder("kiln.tftp.active.transfers", active).register(registry);
  }

  /**
   * A request was answered so.
   *
   * @param result one of a few fixed words
   */
  void countRequest(String result) {
    registry.counter("kiln.tftp.requests", "result", result).increment();
  }

  void countEnd(TransferEnd end) {
    registry.counter("kiln.tftp.transfers", "outcome", end.outcome().label()).increment();
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
    registry.counter("kiln.tftp.dropped", "reason", reason).increment();
  }
}
