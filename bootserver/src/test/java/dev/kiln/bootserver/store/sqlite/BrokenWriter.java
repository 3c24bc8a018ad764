package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.health.Breakdown;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process whose writer of leases is broken in one of several ways, and which then waits. */
final class BrokenWriter {
  private BrokenWriter() {}

  public static void main(String[] arguments) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(new Breakdown(Runtime.getRuntime()::halt));
    Database database = Database.open(Path.of(arguments[0]));
    switch (arguments[1]) {
      case "memory" -> fail(database, new OutOfMemoryError());
      case "program" -> fail(database, new AssertionError());
      default -> interrupt("writer-leases.db");
    }
    new CountDownLatch(1).await();
  }

  private static void fail(Database database, Error error) {
    database
        .leases()
        .submit(
            session -> {
              throw error;
            });
  }

  private static void interrupt(String thread) {
    Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals(thread))
        .forEach(Thread::interrupt);
  }
}
