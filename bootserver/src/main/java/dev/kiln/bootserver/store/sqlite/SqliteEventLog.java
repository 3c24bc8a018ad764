package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Recording;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.net.MacAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Events in the file of records, written in bulk, and kept as {@link Standing} says. */
public final class SqliteEventLog implements EventLog {
  private final WriterThread writer;
  private final Bulk<Event, Recording> events;
  private final Function<MacAddress, Standing> standings;

  /**
   * Starts.
   *
   * @param standings what stands behind a card now; asked on the writer's thread
   */
  public SqliteEventLog(Database database, Function<MacAddress, Standing> standings) {
    this.writer = database.records();
    this.standings = standings;
    this.events =
        new Bulk<>(writer, (session, batch) -> new WriteEvents(session, standings).write(batch));
  }

  @Override
  public CompletionStage<Recording> record(Event event) {
    return events.add(event).exceptionally(failure -> new Recording.Dropped());
  }

  /** Looks at all cards anew: at the start, and when files of machines came or went. */
  public CompletionStage<Boolean> standAll() {
    return writer.submit(session -> ForgetBoots.standAll(session, standings));
  }

  /** Events that were not recorded, since this process started. */
  public long dropped() {
    return events.dropped();
  }
}
