package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.net.IpAddress;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves in the kernel's memory, a power cut takes. */
class PowerCutIT {
  private static final int CONFIRMED = 300;

  @Test
  void losesNoLeaseThatWasConfirmed(@TempDir Path directory) throws Exception {
    try (SmallDisk disk = SmallDisk.make(directory)) {
      int last = leaseUntilKilled(disk.path());
      Files.writeString(disk.path().resolve("not-flushed"), "lost");

      try (SmallDisk cut = disk.afterAPowerCut(directory)) {
        // Else this would prove nothing.
        assertThat(cut.path().resolve("not-flushed"))
            .satisfiesAnyOf(
                file -> assertThat(file).doesNotExist(), file -> assertThat(file).isEmptyFile());
        try (Database database = Database.open(cut.path())) {
          assertThat(leased(database)).containsAll(addresses(last));
          // Of events the last ones may be lost, but not their file.
          boolean whole =
              database.read(
                  session ->
                      session
                          .query(row -> row.getString(1), "PRAGMA quick_check")
                          .equals(List.of("ok")));
          assertThat(whole).isTrue();
        }
      }
    }
  }

  private static List<IpAddress> leased(Database database) {
    return new SqliteLeases(database)
        .list(ConfirmedLeases.SUBNET).toCompletableFuture().join().stream()
            .map(Lease::address)
            .toList();
  }

  private static List<IpAddress> addresses(int last) {
    return IntStream.rangeClosed(0, last).<IpAddress>mapToObj(ConfirmedLeases::address).toList();
  }

  /** Starts a writer, kills it while it writes, and returns the last lease that it confirmed. */
  private static int leaseUntilKilled(Path state) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConfirmedLeases.class.getName(),
                state.toString(),
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = -1;
    try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Math.max(last, line.matches("\\d+") ? Integer.parseInt(line) : 0);
        if (last >= CONFIRMED) {
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();
    return last;
  }
}
