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
  /** Of no bytes that anybody knows: what changed between two looks is never found again. */
  private static final Digest NEVER = new Digest("0".repeat(64));

  private final SortedMap<Path, Optional<Digest>> seen = new TreeMap<>();

  /** It was read, and these bytes were in it. */
  public void read(Path file, byte[] content) {
    add(file, Optional.of(Digest.of(content)));
  }

  /** It was looked for, and is not there. */
  public void missed(Path file) {
    add(file, Optional.empty());
  }

  /**
   * By absolute path, as it was read: the digest of what was read; empty for what was not there.
   */
  public Map<Path, Optional<Digest>> seen() {
    return Collections.unmodifiableSortedMap(seen);
  }

  private void add(Path file, Optional<Digest> state) {
    seen.merge(
        // As the kernel walks it: ".." behind a link leads elsewhere than the text says.
        file.toAbsolutePath(), state, (one, other) -> one.equals(other) ? one : Optional.of(NEVER));
  }
}
