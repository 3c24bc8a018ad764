package dev.kiln.builder.cache;

import dev.kiln.builder.progress.Bar;
import dev.kiln.builder.progress.Progress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads everything in a cache, and drops what is not what it was: the next bake makes it again. */
public final class VerifyCache {
  private final Cache cache;
  private final Removal removal;
  private final Progress progress;

  public VerifyCache(Cache cache, Progress progress) {
    this.cache = cache;
    this.removal = new Removal(cache);
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param items how many blobs and entries there were
   * @param bytes of all of them
   * @param broken what was wrong, in words; all of it was dropped
   */
  public record Verified(int items, long bytes, List<String> broken) {
    public Verified {
      broken = List.copyOf(broken);
    }

    private Verified and(Verified other) {
      return new Verified(
          items + other.items,
          bytes + other.bytes,
          Stream.concat(broken.stream(), other.broken.stream()).toList());
    }
  }

  /** Does it. */
  public Verified verify() {
    Contents contents = new Contents(cache);
    Verified blobs = progress.step("verify-blobs", () -> verify("blobs", contents.blobs()));
    Verified entries = progress.step("verify-entries", () -> verify("entries", contents.entries()));
    return blobs.and(entries);
  }

  private Verified verify(String label, List<Item> items) throws IOException {
    long bytes = 0;
    for (Item item : items) {
      bytes += Tree.size(cache.place(item));
    }
    try (Bar bar = progress.bar(label, bytes)) {
      List<String> broken =
          items.parallelStream()
              .map(item -> dropIfBroken(item, bar))
              .flatMap(Optional::stream)
              .toList();
      return new Verified(items.size(), bytes, broken);
    }
  }

  private Optional<String> dropIfBroken(Item item, Bar bar) {
    try {
      long size = Tree.size(cache.place(item));
      cache.check(item);
      bar.advance(size);
    } catch (IOException e) {
      throw KilnException.io("read the cache's " + item, e);
    } catch (BrokenEntry broken) {
      if (removal.dropBroken(item)) {
        progress.note(broken.getMessage() + ": dropped");
        return Optional.of(String.valueOf(broken.getMessage()));
      }
    }
    return Optional.empty();
  }
}
