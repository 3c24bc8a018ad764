package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory of one owner, on the cache's file system, mode 0700. It goes when it is closed; when
 * its owner was killed, at the next start.
 */
public final class Scratch implements AutoCloseable {
  private final Path path;
  private final Locks.Held held;

  Scratch(Path path, Locks.Held held) {
    this.path = path;
    this.held = held;
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Tree.delete(path);
    } catch (IOException e) {
      throw KilnException.io("remove " + path, e);
    } finally {
      held.close();
    }
  }
}
