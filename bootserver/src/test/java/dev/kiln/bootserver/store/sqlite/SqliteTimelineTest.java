package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.EventsContract;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.net.MacAddress;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** As the commands read it: beside the servers that write. */
class SqliteTimelineTest extends EventsContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable Database database;
  private @Nullable StateReader reader;

  @Override
  protected Servers start(Function<MacAddress, Standing> standings) {
    database = Database.open(directory);
    reader = StateReader.open(directory);
    return new Servers(
        new SqliteEventLog(database, standings),
        new SqliteEventLog(database, standings),
        reader.timeline());
  }

  @AfterEach
  void close() {
    if (reader != null) {
      reader.close();
    }
    if (database != null) {
      database.close();
    }
  }
}
