package dev.kiln.bootserver.store;

import dev.kiln.bootserver.dhcp.Leases;
import dev.kiln.bootserver.dhcp.LeasesContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeasesTest extends LeasesContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable Database database;

  @Override
  protected Leases empty() {
    database = Database.open(directory.resolve("state.db"));
    return new SqliteLeases(database);
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
