package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeWatchTest {
  @TempDir private Path root;
  private final AtomicLong nanos = new AtomicLong();
  private Path directory;
  private ChangeWatch watch;

  @BeforeEach
  void watchADirectory() throws IOException {
    directory = Files.createDirectory(root.resolve("machines"));
    Files.writeString(directory.resolve("one.yaml"), "a");
    watch = ChangeWatch.of(List.of(directory), nanos::get);
    assertThat(watch.mayHaveChanged()).isTrue();
  }

  @AfterEach
  void stop() throws IOException {
    watch.close();
  }

  @Test
  void saysNothingWhileNothingHappens() {
    assertThat(watch.mayHaveChanged()).isFalse();
    assertThat(watch.mayHaveChanged()).isFalse();
  }

  @Test
  void tellsOfAFileThatIsWrittenWhereItLies() throws IOException {
    Files.writeString(directory.resolve("one.yaml"), "b");

    awaitChange();
    assertThat(watch.mayHaveChanged()).isFalse();
  }

  @Test
  void tellsOfADirectoryThatTookTheOldOnesPlaceAndOfItsFilesThen() throws IOException {
    Files.move(directory, root.resolve("away"));
    awaitChange();
    Files.createDirectory(directory);
    awaitChange();
    settle();

    Files.writeString(directory.resolve("two.yaml"), "b");

    awaitChange();
  }

  @Test
  void looksEachMinuteWhateverIsTold() {
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(watch.mayHaveChanged()).isFalse();

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(watch.mayHaveChanged()).isTrue();
    assertThat(watch.mayHaveChanged()).isFalse();
  }

  private void awaitChange() {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!watch.mayHaveChanged()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Until what was told of before is over. */
  private void settle() {
    long quiet = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (System.nanoTime() < quiet) {
      if (watch.mayHaveChanged()) {
        quiet = System.nanoTime() + Duration.ofMillis(300).toNanos();
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
