package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.machine.MachineRegistryContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteMachineRegistryTest extends MachineRegistryContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable Database database;

  @Override
  protected Servers start() {
    database = Database.open(directory);
    return new Servers(SqliteMachineRegistry.open(database), SqliteMachineRegistry.open(database));
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
