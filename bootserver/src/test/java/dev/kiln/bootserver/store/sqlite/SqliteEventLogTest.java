package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.EventsContract;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.net.MacAddress;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventLogTest extends EventsContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable Database database;

  @Override
  protected Servers start(Function<MacAddress, Standing> standings) {
    database = Database.open(directory);
    return new Servers(
        new SqliteEventLog(database, standings),
        new SqliteEventLog(database, standings),
        new SqliteTimeline(database));
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
