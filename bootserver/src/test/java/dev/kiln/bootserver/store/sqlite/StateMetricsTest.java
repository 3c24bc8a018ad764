package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.net.MacAddress;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMetricsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void saysOfEachFileHowItIsAndWhatEachNumberMeans() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch slow = new CountDownLatch(1);
    try (Database database = Database.open(directory)) {
      SqliteEventLog events = new SqliteEventLog(database, card -> Standing.NAMED);
      StateMetrics.register(meters, database, events, SqliteMachineRegistry.open(database));
      database.records().submit(session -> Slow.until(slow));
      for (int i = 0; i < Bulk.CAPACITY + 7; i++) {
        events.record(
            Events.seen(
                Instant.EPOCH, new MacAddress(0x525400000000L + i), Step.DHCP_DISCOVER, ""));
      }

      assertThat(meters.scrape())
          .contains("kiln_state_writable{part=\"leases\"} 1.0")
          .contains("kiln_state_writable{part=\"records\"} 1.0")
          .contains("kiln_state_backlog{part=\"leases\"} 0.0")
          .contains("kiln_state_failures_total{part=\"records\"} 0.0")
          .contains("kiln_events_dropped_total 7.0")
          .contains("kiln_sightings_dropped_total 0.0");
      slow.countDown();
    }

    assertThat(meters.scrape().lines())
        .filteredOn(line -> line.startsWith("# HELP kiln_"))
        .hasSize(7)
        .noneMatch(line -> line.strip().matches("# HELP \\S+"));
    assertThat(meters.scrape()).contains("kiln_state_writable{part=\"leases\"} 0.0");
  }
}
