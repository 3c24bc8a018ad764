package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache with a blob and two entries: one that is a file, and one that is a directory. */
abstract class CacheFixture {
  static final String BLOB = "fetched";
  static final Digest KEY = Digest.of("key");

  @TempDir Path directory;
  Cache cache;
  Path blob;
  CacheEntry file;
  CacheEntry tree;

  @BeforeEach
  void fill() {
    cache = new Cache(directory.resolve("cache"));
    blob = cache.put(BLOB.getBytes(StandardCharsets.UTF_8));
    file = makeFile();
    tree = makeTree();
  }

  CacheEntry makeFile() {
    return cache.entry("initrd", KEY, target -> Files.writeString(target, "made"));
  }

  CacheEntry makeTree() {
    return cache.entry(
        "kit",
        KEY,
        target -> {
          Files.createDirectories(target.resolve("bin"));
          Files.createDirectory(target.resolve("empty"));
          Files.writeString(target.resolve("bin/tool"), "a tool");
          Files.createSymbolicLink(target.resolve("bin/link"), Path.of("tool"));
        });
  }

  CachedFile blobFile() {
    return cache.file(Digest.of(BLOB));
  }

  /** The last use of something was so long ago. */
  static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
