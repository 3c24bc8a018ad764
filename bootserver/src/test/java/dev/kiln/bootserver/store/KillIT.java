package dev.kiln.bootserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.Lease;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {
  private static final int ROUNDS = 6;

  @Test
  void losesNothingThatWasConfirmedWhenItIsKilledWhileItWrites(@TempDir Path directory)
      throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path file = directory.resolve("state.db");
    int confirmed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int first = confirmed;
      int last = killAfter(file, first, first + 1 + random.nextInt(2_000));
      try (Database database = Database.open(file)) {
        List<Lease> leases = new SqliteLeases(database).list().toCompletableFuture().get();
        Set<Integer> addresses =
            leases.stream().map(lease -> lease.address().bits()).collect(Collectors.toSet());
        for (int number = first; number <= last; number++) {
          assertThat(addresses)
              .as("seed %d, round %d, lease %d of %d", seed, round, number, last)
              .contains(ConfirmedLeases.lease(number).address().bits());
        }
      }
      confirmed = last + 1;
    }
    assertThat(confirmed).isGreaterThan(ROUNDS);
  }

  /** Starts a writer, kills it once it has confirmed a lease, and returns the last it confirmed. */
  private static int killAfter(Path file, int first, int enough) throws IOException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConfirmedLeases.class.getName(),
                file.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = -1;
    try (BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Integer.parseInt(line);
        if (last >= enough) {
          // SIGKILL; what is still in the pipe was confirmed too, and is read to its end.
          writer.toHandle().destroyForcibly();
        }
      }
    } catch (NumberFormatException e) {
      // Half a line, cut by the kill.
    }
    assertThat(last).as("the writer confirmed nothing").isGreaterThanOrEqualTo(first);
    return last;
  }
}
