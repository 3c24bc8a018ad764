package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.lease.LeasesContract;
import dev.kiln.bootserver.lease.TestClock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeasesTest extends LeasesContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable Database database;

  @Override
  protected Servers start(TestClock time) {
    database = Database.open(directory, time, time::nanos);
    return new Servers(new SqliteLeases(database), new SqliteLeases(database));
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
