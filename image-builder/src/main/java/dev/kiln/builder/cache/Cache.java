package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A directory of what was fetched or made before.
 *
 * <pre>
 * blobs/sha256/ab/HEX  bytes by their digest, verified, mode 0444
 * entries/KIND/HEX     files and directories by the digest of what they were made from
 * partial/HEX          blobs that are on their way; kept, so that a download can go on
 * tmp/                 the directories of running producers
 * locks/               who is writing
 * </pre>
 *
 * What has its final name is complete. Every method may be called by any thread of any process.
 */
public final class Cache {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  private final Path root;
  private final Locks locks;

  /** Opens or makes the cache, and removes what killed processes left. */
  public Cache(Path root) {
    try {
      Files.createDirectories(root);
      this.root = root.toRealPath();
      for (String part : List.of("blobs/sha256", "entries", "partial", "tmp")) {
        Files.createDirectories(this.root.resolve(part));
      }
      this.locks = new Locks(this.root.resolve("locks"));
      new Leftovers(this.root, locks).remove();
    } catch (IOException e) {
      throw failure(root, "open the cache " + root, e);
    }
  }

  public Path root() {
    return root;
  }

  /** The blob, where it was fetched before. */
  public Optional<Path> find(Digest digest) {
    return Optional.of(blobPath(digest)).filter(Files::isRegularFile);
  }

  /** The blob; its source is asked only when the blob is absent, and by one caller at a time. */
  public Path blob(Digest digest, BlobSource source) {
    Path blob = blobPath(digest);
    try {
      if (!Files.exists(blob)) {
        try (Locks.Held ignored = locks.acquire(Leftovers.blobLock(digest.hex()))) {
          if (!Files.exists(blob)) {
            fill(digest, source, blob);
          }
        }
      }
      return blob;
    } catch (IOException e) {
      throw failure(root, "write " + blob, e);
    }
  }

  /** Keeps bytes that are already here. */
  public Path put(byte[] content) {
    return blob(
        Digest.of(content),
        writer -> {
          writer.restart();
          writer.write(ByteBuffer.wrap(content));
        });
  }

  /** The entry, where it was made before. */
  public Optional<Path> findEntry(String kind, Digest key) {
    return Optional.of(entryPath(kind, key)).filter(Files::exists);
  }

  /**
   * The entry; it is made only when it is absent, and by one caller at a time.
   *
   * @param kind what sort of thing it is, such as {@code ready-deb}
   * @param key digest of everything that decides how it comes out
   */
  public Path entry(String kind, Digest key, Producer producer) {
    Path entry = entryPath(kind, key);
    try {
      if (!Files.exists(entry)) {
        try (Locks.Held ignored = locks.acquire(kind + "-" + key.hex())) {
          if (!Files.exists(entry)) {
            produce(kind, producer, entry);
          }
        }
      }
      return entry;
    } catch (IOException e) {
      throw failure(root, "make " + entry, e);
    }
  }

  /**
   * A new empty directory on the cache's file system.
   *
   * @param purpose the beginning of its name, for whoever looks
   */
  public Scratch scratch(String purpose) {
    try {
      return newScratch(purpose);
    } catch (IOException e) {
      throw failure(root, "make a directory in " + root.resolve("tmp"), e);
    }
  }

  private void fill(Digest digest, BlobSource source, Path blob) throws IOException {
    Path partial = root.resolve("partial").resolve(digest.hex());
    try (BlobWriter writer = new BlobWriter(partial)) {
      source.fill(writer);
      if (!writer.digest().equals(digest)) {
        throw KilnException.input(
            "what came is " + writer.digest() + ", not " + digest, "Fetch it from elsewhere");
      }
      writer.force();
    }
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("r--r--r--"));
    createParent(blob);
    AtomicFile.rename(partial, blob);
  }

  private void produce(String kind, Producer producer, Path entry) throws IOException {
    try (Scratch scratch = newScratch(kind)) {
      Path made = scratch.path().resolve("made");
      producer.produce(made);
      if (!Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalStateException("the producer of " + kind + " made nothing at " + made);
      }
      Tree.force(made);
      createParent(entry);
      AtomicFile.rename(made, entry);
    }
  }

  private Scratch newScratch(String purpose) throws IOException {
    String name = checked(purpose) + "-" + UUID.randomUUID();
    // Locked before it exists: a sweep never meets a living owner's directory without its lock.
    Locks.Held held = locks.acquire(Leftovers.scratchLock(name));
    try {
      Path directory = root.resolve("tmp").resolve(name);
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new Scratch(directory, held);
    } catch (IOException e) {
      held.close();
      throw e;
    }
  }

  private static void createParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private Path blobPath(Digest digest) {
    return root.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private Path entryPath(String kind, Digest key) {
    return root.resolve("entries").resolve(checked(kind)).resolve(key.hex());
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' cannot be a name in the cache");
    }
    return name;
  }

  private static KilnException failure(Path root, String doing, IOException e) {
    return FullDisk.recognise(root, e).orElseGet(() -> KilnException.io(doing, e));
  }
}
