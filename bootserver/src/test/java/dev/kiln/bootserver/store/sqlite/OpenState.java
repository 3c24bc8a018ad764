package dev.kiln.bootserver.store.sqlite;

import dev.kiln.failure.KilnException;
import java.nio.file.Path;

/** A process that opens a state, and says why it cannot. */
final class OpenState {
  private OpenState() {}

  public static void main(String[] arguments) {
    try (Database database = Database.open(Path.of(arguments[0]))) {
      System.out.println("opened: " + database.healthy());
    } catch (KilnException e) {
      System.out.println(e.getMessage());
    }
  }
}
