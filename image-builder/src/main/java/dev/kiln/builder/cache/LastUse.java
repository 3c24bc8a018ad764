package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When things in the cache were used last: that is their modification time. A bake finds hundreds
 * of them, so it is written at most once a day.
 */
final class LastUse {
  /** By so much what is written may be older than the last use. */
  static final Duration EXACT_TO = Duration.ofDays(1);

  private LastUse() {}

  /** Whether something of this sort is there; where it is, it was used now. */
  static boolean find(Path path, Predicate<BasicFileAttributes> sort) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!sort.test(found)) {
      return false;
    }
    Instant now = Instant.now();
    // Also where a wrong clock wrote a day that is still to come.
    if (Duration.between(found.lastModifiedTime().toInstant(), now).abs().compareTo(EXACT_TO) > 0) {
      write(path, now);
    }
    return true;
  }

  private static void write(Path path, Instant now) {
    try {
      Files.setLastModifiedTime(path, FileTime.from(now));
    } catch (IOException e) {
      // Whoever may not write here may still use it; it is only cleaned away sooner.
    }
  }

  /** Empty where it is gone. */
  static Optional<Instant> of(Path path) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
