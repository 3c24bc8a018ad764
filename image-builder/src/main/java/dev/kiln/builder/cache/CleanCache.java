package dev.kiln.builder.cache;

import dev.kiln.builder.progress.Progress;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes out of a cache what nobody used for long. */
public final class CleanCache {
  private final Cache cache;
  private final Progress progress;
  private final Removal removal;
  private int items;
  private long bytes;

  public CleanCache(Cache cache, Progress progress) {
    this.cache = cache;
    this.progress = progress;
    this.removal = new Removal(cache);
  }

  /**
   * What was removed.
   *
   * @param items blobs, entries, logs and records of bakes, also those of earlier versions
   */
  public record Cleaned(int items, long bytes) {}

  /**
   * Removes blobs, entries, logs and records of bakes that were not used for so long. The last use
   * is known to a day: what might have been used later stays.
   */
  public Cleaned clean(Duration unused, Instant now) {
    Instant since = now.minus(unused).minus(LastUse.EXACT_TO);
    Contents contents = new Contents(cache);
    progress.step("clean-blobs", () -> removeUnused(contents.blobs(), since));
    progress.step("clean-entries", () -> removeUnused(contents.entries(), since));
    progress.step("clean-records", () -> removeFiles(contents.records(), since));
    progress.step("clean-earlier-versions", () -> removeEarlier(contents.earlier()));
    return new Cleaned(items, bytes);
  }

  private void removeUnused(List<Item> all, Instant since) throws IOException {
    for (Item item : all) {
      OptionalLong size = removal.removeUnused(item, since);
      if (size.isPresent()) {
        count(size.getAsLong());
      }
    }
  }

  private void removeFiles(List<Path> files, Instant since) throws IOException {
    for (Path file : files) {
      Optional<Instant> last = LastUse.of(file);
      if (last.isPresent() && last.get().isBefore(since)) {
        long size = Tree.size(file);
        Files.deleteIfExists(file);
        count(size);
      }
    }
  }

  private void removeEarlier(List<Path> made) throws IOException {
    for (Path place : made) {
      count(removal.remove(place));
      removeIfEmpty(place.resolveSibling(""));
    }
    removeIfEmpty(cache.root().resolve(Contents.EARLIER));
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // The rest is no work of builder's.
    }
  }

  private void count(long size) {
    items++;
    bytes += size;
  }
}
