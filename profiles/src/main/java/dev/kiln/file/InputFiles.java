package dev.kiln.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that some work read, each with the digest of the bytes that were read, or as missing:
 * who would do the same work again can ask whether it would read the same.
 */
public final class InputFiles {
  private final SortedMap<Path, Optional<Digest>> seen = new TreeMap<>();

  /** It was read, and these bytes were in it. */
  public void read(Path file, byte[] content) {
    add(file, Optional.of(Digest.of(content)));
  }

  /** It was looked for, and is not there. */
  public void missed(Path file) {
    add(file, Optional.empty());
  }

  /** By absolute path: the digest of what was read; empty for what was not there. */
  public Map<Path, Optional<Digest>> seen() {
    return Collections.unmodifiableSortedMap(seen);
  }

  /** What changed between two looks has no state that a third could find again. */
  private void add(Path file, Optional<Digest> state) {
    seen.merge(
        file.toAbsolutePath().normalize(),
        state,
        (one, other) -> one.equals(other) ? one : Optional.empty());
  }
}
