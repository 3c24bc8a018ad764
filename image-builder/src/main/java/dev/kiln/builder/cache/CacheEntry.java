package dev.kiln.builder.cache;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that was made and is kept: a file or a directory, and beside it the record of what it
 * was then.
 *
 * @param item what it is
 * @param directory holds both
 */
public record CacheEntry(Item.Made item, Path directory) {
  static final String CONTENT = "content";
  static final String RECORD = "record.json";

  /** Bytes; a kit of ten thousand files has a tenth of it. */
  private static final int MOST_RECORD = 32 << 20;

  public String kind() {
    return item.kind();
  }

  public Digest key() {
    return item.key();
  }

  /** What was made, for programs that read it themselves, after {@link #check}. */
  public Path path() {
    return directory.resolve(CONTENT);
  }

  /** What was made, where that is one file. */
  public CachedFile file() {
    return file("");
  }

  /**
   * A file of what was made.
   *
   * @param relative its path below it
   */
  public CachedFile file(String relative) {
    Path path = relative.isEmpty() ? path() : path().resolve(relative);
    return new CachedFile(item, relative, path, () -> recorded(relative));
  }

  /**
   * Reads all of it: every file, directory and link is what it was, and nothing else is there.
   *
   * @throws BrokenEntry where that is not so
   */
  public void check() {
    Inventory made = record();
    Inventory now;
    try {
      now = Inventory.of(path());
    } catch (IOException e) {
      throw BrokenEntry.of(item, "", e);
    }
    made.differenceTo(now)
        .ifPresent(
            difference -> {
              throw new BrokenEntry(item, difference);
            });
  }

  private CachedFile.Recorded recorded(String relative) {
    return record()
        .file(relative)
        .map(file -> new CachedFile.Recorded(file.size(), file.digest()))
        .orElseThrow(
            () ->
                new BrokenEntry(
                    item, relative.isEmpty() ? "it is no file" : "it has no " + relative));
  }

  private Inventory record() {
    Path file = directory.resolve(RECORD);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_RECORD + 1);
      if (content.length > MOST_RECORD) {
        throw new BrokenEntry(item, "its record is damaged");
      }
      return Json.read(file.toString(), content, Inventory.class);
    } catch (IOException e) {
      throw BrokenEntry.of(item, "its record", e);
    } catch (KilnException e) {
      throw new BrokenEntry(item, "its record is damaged");
    }
  }
}
