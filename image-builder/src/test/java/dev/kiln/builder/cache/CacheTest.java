package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  private static final Digest KEY = Digest.of("key");

  @TempDir Path directory;
  private Cache cache;

  @BeforeEach
  void open() {
    cache = new Cache(directory.resolve("cache"));
  }

  @Test
  void keepsABlobUnderItsDigestForReadingOnly() throws Exception {
    Path blob = cache.put(bytes("hello"));

    String hex = Digest.of("hello").hex();
    assertThat(blob)
        .isEqualTo(cache.root().resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex))
        .hasContent("hello");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob)))
        .isEqualTo("r--r--r--");
    assertThat(cache.find(Digest.of("hello"))).contains(blob);
    assertThat(cache.find(Digest.of("other"))).isEmpty();
  }

  @Test
  void refusesABlobOfAnotherDigest() {
    Digest wanted = Digest.of("hello");

    assertThatThrownBy(() -> cache.blob(wanted, writer -> writer.write(buffer("jello"))))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(Digest.of("jello") + ", not " + wanted);
    assertThat(cache.find(wanted)).isEmpty();
  }

  @Test
  void takesUpABlobWhereItsWriterBrokeOff() {
    Digest wanted = Digest.of("hello");
    BlobSource breaking =
        writer -> {
          writer.write(buffer("hel"));
          throw new IOException("the connection broke");
        };
    assertThatThrownBy(() -> cache.blob(wanted, breaking)).hasMessageContaining("broke");

    AtomicInteger position = new AtomicInteger();
    Path blob =
        cache.blob(
            wanted,
            writer -> {
              position.set((int) writer.position());
              writer.write(buffer("lo"));
            });

    assertThat(position).hasValue(3);
    assertThat(blob).hasContent("hello");
    assertThat(cache.root().resolve("partial")).isEmptyDirectory();
  }

  @Test
  void makesAnEntryOnce() {
    AtomicInteger made = new AtomicInteger();
    Producer producer =
        target -> {
          made.incrementAndGet();
          Files.writeString(target, "content");
        };

    CacheEntry first = cache.entry("layer", KEY, producer);
    CacheEntry second = cache.entry("layer", KEY, producer);

    assertThat(first).isEqualTo(second);
    assertThat(first.path()).hasContent("content");
    assertThat(cache.findEntry("layer", KEY)).contains(first);
    assertThat(cache.findEntry("kit", KEY)).isEmpty();
    assertThat(made).hasValue(1);
  }

  @Test
  void recordsADigestThatWasTakenWhileTheFileWasMade() {
    CacheEntry entry =
        cache.hashedEntry(
            "layer",
            KEY,
            target -> {
              Files.createDirectory(target);
              Files.writeString(target.resolve("hashed"), "content");
              Files.writeString(target.resolve("other"), "more");
              return Map.of("hashed", Digest.of("what its maker says"));
            });

    assertThat(entry.file("hashed").digest()).isEqualTo(Digest.of("what its maker says"));
    assertThat(entry.file("hashed").size()).isEqualTo(7);
    assertThat(entry.file("other").digest()).isEqualTo(Digest.of("more"));
    assertThatThrownBy(entry::check).isInstanceOf(BrokenEntry.class).hasMessageContaining("hashed");
  }

  @Test
  void makesADirectoryAppearWhole() {
    Path entry =
        cache
            .entry(
                "kit",
                KEY,
                target -> {
                  Files.createDirectories(target.resolve("bin"));
                  Files.writeString(target.resolve("bin/tool"), "#!");
                  Files.createSymbolicLink(target.resolve("dangling"), Path.of("/nowhere"));
                })
            .path();

    assertThat(entry.resolve("bin/tool")).hasContent("#!");
    assertThat(entry.resolve("dangling")).isSymbolicLink();
    assertNothingIsLeft();
  }

  @Test
  void leavesNothingOfAProducerThatFails() {
    KilnException failure = KilnException.input("wrong", "Mend it");

    assertThatThrownBy(
            () ->
                cache.entry(
                    "layer",
                    KEY,
                    target -> {
                      Files.createDirectory(target);
                      Files.writeString(target.resolve("half"), "made");
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(cache.findEntry("layer", KEY)).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void letsOneThreadMakeWhatManyAskFor() throws Exception {
    int threads = 8;
    AtomicInteger made = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(threads);
    Callable<Path> ask =
        () -> {
          all.countDown();
          all.await();
          // Another opening of the same directory, as a second bake in this process would have.
          return new Cache(directory.resolve("cache"))
              .entry(
                  "layer",
                  KEY,
                  target -> {
                    made.incrementAndGet();
                    Files.writeString(target, "content");
                  })
              .path();
        };

    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Path> result :
          pool.invokeAll(Stream.generate(() -> ask).limit(threads).toList())) {
        assertThat(result.get()).hasContent("content");
      }
    } finally {
      pool.shutdown();
    }
    assertThat(made).hasValue(1);
    assertNothingIsLeft();
  }

  @Test
  void keepsAScratchDirectoryToItsOwnerUntilItIsClosed() throws Exception {
    try (Scratch scratch = cache.scratch("rootfs")) {
      Files.writeString(scratch.path().resolve("file"), "x");

      new Cache(directory.resolve("cache"));

      assertThat(scratch.path().resolve("file")).exists();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch.path())))
          .isEqualTo("rwx------");
    }
    assertNothingIsLeft();
  }

  @Test
  void removesWhatHasNoLivingOwner() throws Exception {
    Path left = cache.root().resolve("tmp/rootfs-" + UUID.randomUUID());
    Files.createDirectories(left.resolve("locked"));
    Files.writeString(left.resolve("locked/file"), "x");
    Path outside = Files.writeString(directory.resolve("outside"), "mine");
    Files.createSymbolicLink(left.resolve("link"), outside);
    Files.setPosixFilePermissions(
        left.resolve("locked"), PosixFilePermissions.fromString("---------"));
    Files.createFile(cache.root().resolve("locks/layer-" + KEY.hex()));

    new Cache(directory.resolve("cache"));

    assertNothingIsLeft();
    assertThat(outside).hasContent("mine");
  }

  @Test
  void keepsAPartialDownloadForTwoWeeks() throws Exception {
    Path young = Files.writeString(partial("young"), "x");
    Path old = Files.writeString(partial("old"), "x");
    Instant now = Instant.now();
    Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofDays(13))));
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(15))));

    new Cache(directory.resolve("cache"));

    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void refusesNamesThatLeaveTheCache() {
    for (String name : List.of("../x", "a/b", "", ".", "A")) {
      assertThatThrownBy(() -> cache.findEntry(name, KEY))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> cache.scratch(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Path partial(String content) {
    return cache.root().resolve("partial").resolve(Digest.of(content).hex());
  }

  private void assertNothingIsLeft() {
    assertThat(cache.root().resolve("tmp")).isEmptyDirectory();
    assertThat(cache.root().resolve("locks"))
        .isDirectoryNotContaining(file -> !file.getFileName().toString().equals(".guard"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(bytes(text));
  }
}
