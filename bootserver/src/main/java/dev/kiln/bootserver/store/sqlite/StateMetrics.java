package dev.kiln.bootserver.store.sqlite;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of the state, for each of its files and in all. */
public final class StateMetrics {
  private final MeterRegistry meters;

  private StateMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Registers all of it. */
  public static void register(
      MeterRegistry meters,
      Database database,
      SqliteEventLog events,
      SqliteMachineRegistry machines) {
    StateMetrics metrics = new StateMetrics(meters);
    metrics.ofWriter("leases", database.leases());
    metrics.ofWriter("records", database.records());
    FunctionCounter.builder("kiln.events.dropped", events, SqliteEventLog::dropped)
        .description("Events that no timeline has, because they came too fast or the disk failed.")
        .register(meters);
    FunctionCounter.builder("kiln.sightings.dropped", machines, SqliteMachineRegistry::dropped)
        .description("Times that a card was seen and its file does not say so.")
        .register(meters);
    FunctionCounter.builder("kiln.state.set.aside", database, Database::setAside)
        .description("Times that bootserver.db was damaged, set aside, and begun anew.")
        .register(meters);
    Gauge.builder("kiln.state.clock.lag", database.clock(), clock -> clock.lag().toMillis() / 1e3)
        .baseUnit("seconds")
        .description("How far the machine's clock is ahead of the state's.")
        .register(meters);
  }

  private void ofWriter(String part, WriterThread writer) {
    Gauge.builder("kiln.state.writable", writer, each -> each.healthy() ? 1 : 0)
        .tag("part", part)
        .description("1 while a write would go well, as the last one did, 10 seconds ago at most.")
        .register(meters);
    Gauge.builder("kiln.state.backlog", writer, WriterThread::backlog)
        .tag("part", part)
        .description("Changes that wait to be written.")
        .register(meters);
    FunctionCounter.builder("kiln.state.failures", writer, WriterThread::failures)
        .tag("part", part)
        .description("Tries to write that the disk refused.")
        .register(meters);
  }
}
