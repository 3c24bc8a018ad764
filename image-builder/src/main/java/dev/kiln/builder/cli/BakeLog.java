package dev.kiln.builder.cli;

import dev.kiln.builder.cache.Cache;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The log of one bake, {@code logs/bake-PROFILE-TIME-PID.log} of the cache: its steps with times,
 * and all that dpkg and the packages' scripts said. The last ten of each profile are kept.
 */
record BakeLog(Writer writer) implements AutoCloseable {
  private static final int KEPT = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static BakeLog open(Cache cache, String profile, Instant now) throws IOException {
    Path directory = Files.createDirectories(cache.root().resolve("logs"));
    String prefix = "bake-" + profile + "-";
    removeOld(directory, prefix);
    String name = prefix + TIME.format(now) + "-" + ProcessHandle.current().pid() + ".log";
    return new BakeLog(Files.newBufferedWriter(directory.resolve(name), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** By name is by time. */
  private static void removeOld(Path directory, String prefix) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(directory)) {
      old =
          files
              .filter(file -> file.getFileName().toString().matches(prefix + "[0-9TZ-]+[.]log"))
              .sorted(Comparator.reverseOrder())
              .skip(KEPT - 1)
              .toList();
    }
    for (Path file : old) {
      Files.deleteIfExists(file);
    }
  }
}
