package dev.kiln.bootserver.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.campaign.Campaign;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {
  private static final int ROUNDS = 6;

  @Test
  void losesNothingThatWasConfirmedWhenItIsKilledWhileItWrites(@TempDir Path directory)
      throws Exception {
    AtomicInteger confirmed = new AtomicInteger();

    Campaign.count(
        ROUNDS,
        random -> {
          int first = confirmed.get();
          int last = killAfter(directory, first, first + 1 + random.nextInt(2_000));
          assertThat(kept(directory)).containsAll(addresses(first, last));
          return confirmed.getAndSet(last + 1) == first;
        });

    assertThat(confirmed.get()).isGreaterThan(ROUNDS);
  }

  private static Set<IpAddress> kept(Path directory) throws Exception {
    try (Database database = Database.open(directory)) {
      return new SqliteLeases(database)
          .list(ConfirmedLeases.SUBNET).toCompletableFuture().get().stream()
              .map(Lease::address)
              .collect(Collectors.toSet());
    }
  }

  private static List<IpAddress> addresses(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .<IpAddress>mapToObj(ConfirmedLeases::address)
        .toList();
  }

  /** Starts a writer, kills it once it has confirmed a lease, and returns the last it confirmed. */
  private static int killAfter(Path directory, int first, int enough) throws IOException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConfirmedLeases.class.getName(),
                directory.toString(),
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
