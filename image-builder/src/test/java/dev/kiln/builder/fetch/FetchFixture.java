package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A mirror, an empty cache, and an impatient fetcher between them. */
abstract class FetchFixture {
  static final Patience SHORT =
      new Patience(Duration.ofMillis(500), Duration.ofSeconds(2), 3, Duration.ofMillis(1));

  final byte[] content = content(1, 300_000);
  final RecordingProgress progress = new RecordingProgress();

  @TempDir Path directory;
  Mirror mirror;
  Cache cache;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
    cache = new Cache(directory.resolve("cache"));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  Fetcher fetcher() {
    return fetcher(Map.of(), SHORT);
  }

  Fetcher fetcher(Map<String, String> environment, Patience patience) {
    return new Fetcher(cache, progress, environment, patience);
  }

  KilnException failure(Download download) {
    KilnException failure =
        catchThrowableOfType(KilnException.class, () -> fetcher().fetch(download));
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Where the cache keeps what it has of the content so far. */
  Path partial() {
    return cache.root().resolve("partial").resolve(Digest.of(content).hex());
  }

  static Download download(byte[] content, URI... addresses) {
    return new Download(
        "sample", Digest.of(content), OptionalLong.of(content.length), List.of(addresses));
  }

  static byte[] content(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Counts down, and waits for the others. */
  static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
