package dev.kiln.builder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that never ends, and a bake that waits for what the first one makes. Takes a minute. */
class HangingBakeIT {
  private static final long LIMIT_MINUTES = 5;

  @TempDir private Path directory;

  @Test
  void saysEachMinuteWhatItWaitsFor() throws Exception {
    try (SmallWorld world = new SmallWorld(directory)) {
      world.configure("linux-image-world", "#!/bin/sh\necho begin to wait\nexec sleep 100000\n");
      world.publish(Instant.now());
      List<String> bake = world.bake(directory.resolve("cache"), "image");
      List<String> again = world.bake(directory.resolve("cache"), "other");
      Process first = new BuilderProgram(directory).startWatched(bake);
      try (BufferedReader itsLog = first.errorReader(UTF_8)) {
        await(itsLog, line -> line.endsWith(" step=assemble/install-packages …"));
        Process second = new BuilderProgram(directory).startWatched(again);
        try (BufferedReader log = second.errorReader(UTF_8)) {
          assertThat(await(itsLog, line -> line.contains("nothing was said for ")))
              .endsWith(" s; the last line was: begin to wait");
          assertThat(await(log, line -> line.contains(" waiting for ")))
              .contains(": the process " + first.pid() + " makes the same (os-layer-")
              .endsWith("). Where it hangs, end it");
        } finally {
          second.destroy();
        }
      } finally {
        first.destroy();
      }
    }
  }

  private static String await(BufferedReader log, Predicate<String> wanted) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                String line = log.readLine();
                while (line != null && !wanted.test(line)) {
                  line = log.readLine();
                }
                return String.valueOf(line);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .get(LIMIT_MINUTES, TimeUnit.MINUTES);
  }
}
