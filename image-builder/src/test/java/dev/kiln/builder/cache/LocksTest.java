package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
  @TempDir private Path directory;

  @Test
  void tellWhoHoldsOneAgainAndAgainWhileSomebodyWaits() throws Exception {
    LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
    Locks locks = new Locks(directory, new Locks.Waiting(words::add, Duration.ofMillis(50)));
    Locks.Held held = locks.acquire("kit-1");

    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(
            () -> {
              try (Locks.Held ignored = locks.acquire("kit-1")) {
                return true;
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            });

    String said =
        "waiting for 0 s: the process "
            + ProcessHandle.current().pid()
            + " makes the same (kit-1). Where it hangs, end it";
    assertThat(words.poll(1, TimeUnit.MINUTES)).isEqualTo(said);
    assertThat(words.poll(1, TimeUnit.MINUTES)).startsWith("waiting for ");
    held.close();
    assertThat(other.get(1, TimeUnit.MINUTES)).isTrue();
  }
}
