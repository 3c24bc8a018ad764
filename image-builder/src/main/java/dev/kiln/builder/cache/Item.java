package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.nio.file.Path;

/** One thing that a cache holds, and can lose and get again as a whole. */
public sealed interface Item {
  /** Where it lies, below the cache's root. */
  Path place();

  /** The name of the lock of whoever writes it or takes it away. */
  String lock();

  /** How a person tells it from others: the first digits are enough for that. */
  private static String named(String kind, Digest digest) {
    return kind + " " + digest.hex().substring(0, 12);
  }

  /** Fetched bytes, under their own digest. */
  record Blob(Digest digest) implements Item {
    @Override
    public Path place() {
      return Path.of("blobs", "sha256", digest.hex().substring(0, 2), digest.hex());
    }

    @Override
    public String lock() {
      return Names.blobLock(digest.hex());
    }

    @Override
    public String toString() {
      return named("blob", digest);
    }
  }

  /**
   * Something that was made.
   *
   * @param kind what sort of thing it is, such as {@code ready-deb}
   * @param key digest of everything that decides how it comes out
   */
  record Made(String kind, Digest key) implements Item {
    public Made {
      requireName(kind);
    }

    /** A name of one segment, which can neither leave the cache nor hide in it. */
    static void requireName(String name) {
      if (!Names.isKind(name)) {
        throw new IllegalArgumentException("'" + name + "' cannot be a name in the cache");
      }
    }

    @Override
    public Path place() {
      return Path.of("made", kind, key.hex());
    }

    @Override
    public String lock() {
      return kind + "-" + key.hex();
    }

    @Override
    public String toString() {
      return named(kind, key);
    }
  }
}
