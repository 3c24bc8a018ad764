package dev.kiln.builder.cache;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A directory of what was fetched or made before.
 *
 * <pre>
 * blobs/sha256/ab/HEX  bytes by their digest, verified, mode 0444
 * made/KIND/HEX        by the digest of what it was made from: content, a file or a directory;
 *                      record.json, what that was when it was made
 * partial/HEX          blobs that are on their way; kept, so that a download can go on
 * tmp/                 the directories of running producers
 * locks/               who is writing
 * logs/                what bakes and builds printed
 * bakes/HEX            how a call of bake ended, by its words
 * CACHEDIR.TAG         that this is a cache
 * </pre>
 *
 * What has its final name is complete. What is found is believed to be what it was; {@link
 * CachedFile} and {@link CacheEntry#check} make sure of it, and {@link #mending} acts on it. Every
 * method may be called by any thread of any process.
 */
public final class Cache {
  private static final String BLOBS = "blobs/sha256";

  private final Path root;
  private final Locks locks;

  /**
   * Opens or makes the cache, and removes what killed processes left.
   *
   * @throws KilnException where the directory holds other files, and is no cache
   */
  public Cache(Path root) {
    try {
      Files.createDirectories(root);
      this.root = root.toRealPath();
      CacheMark.putOn(this.root);
      for (String part : List.of(BLOBS, "made", "partial", "tmp")) {
        Files.createDirectories(this.root.resolve(part));
      }
      this.locks = new Locks(this.root.resolve("locks"), Locks.Waiting.telling(words -> {}));
      new Leftovers(this.root, locks).remove();
    } catch (IOException e) {
      throw failure(root, "open the cache " + root, e);
    }
  }

  private Cache(Path root, Locks locks) {
    this.root = root;
    this.locks = locks;
  }

  /** The same cache, where somebody is told of each minute in which another process has a thing. */
  public Cache telling(Consumer<String> words) {
    return telling(Locks.Waiting.telling(words));
  }

  Cache telling(Locks.Waiting waiting) {
    try {
      return new Cache(root, locks.with(waiting));
    } catch (IOException e) {
      throw failure(root, "open the cache " + root, e);
    }
  }

  /**
   * Opens a cache that is there already.
   *
   * @throws KilnException where the directory is none: whoever tidies one up must not make one, nor
   *     take something else for one
   */
  public static Cache existing(Path root) {
    try {
      if (!CacheMark.isOn(root)) {
        throw KilnException.input(root + " is no cache", "Name the directory that bakes use");
      }
      return new Cache(root);
    } catch (IOException e) {
      throw failure(root, "open the cache " + root, e);
    }
  }

  public Path root() {
    return root;
  }

  /** The blob, where it was fetched before. */
  public Optional<Path> find(Digest digest) {
    Path blob = place(new Item.Blob(digest));
    return isThere(blob, BasicFileAttributes::isRegularFile) ? Optional.of(blob) : Optional.empty();
  }

  /** A blob that was fetched before, to be read. */
  public CachedFile file(Digest digest) {
    return CachedFile.ofBlob(place(new Item.Blob(digest)), digest);
  }

  /** The blob; its source is asked only when the blob is absent, and by one caller at a time. */
  public Path blob(Digest digest, BlobSource source) {
    Item.Blob item = new Item.Blob(digest);
    Path blob = place(item);
    try {
      if (find(digest).isEmpty()) {
        try (Locks.Held ignored = locks.acquire(item.lock())) {
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
  public Optional<CacheEntry> findEntry(String kind, Digest key) {
    CacheEntry entry = entry(new Item.Made(kind, key));
    return isThere(entry.directory(), BasicFileAttributes::isDirectory)
        ? Optional.of(entry)
        : Optional.empty();
  }

  /**
   * The entry; it is made only when it is absent, and by one caller at a time.
   *
   * @param kind what sort of thing it is, such as {@code ready-deb}
   * @param key digest of everything that decides how it comes out
   */
  public CacheEntry entry(String kind, Digest key, Producer producer) {
    return hashedEntry(
        kind,
        key,
        target -> {
          producer.produce(target);
          return Map.of();
        });
  }

  /** The same, of what is hashed while it is made. */
  public CacheEntry hashedEntry(String kind, Digest key, HashingProducer producer) {
    CacheEntry entry = entry(new Item.Made(kind, key));
    try {
      if (findEntry(kind, key).isEmpty()) {
        try (Locks.Held ignored = locks.acquire(entry.item().lock())) {
          if (!Files.exists(entry.directory())) {
            produce(kind, producer, entry.directory());
          }
        }
      }
      return entry;
    } catch (IOException e) {
      throw failure(root, "make " + entry.directory(), e);
    }
  }

  /**
   * Runs work that uses this cache. What it finds broken is dropped, and the work is run again from
   * its beginning, which makes it again.
   *
   * @param say is told of each thing that was broken
   * @throws KilnException of kind IO where a thing is broken that was just made again, or where
   *     many are
   */
  public <T> T mending(Consumer<String> say, Supplier<T> work) {
    return new Mending(this, say).run(work);
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

  Locks locks() {
    return locks;
  }

  Path place(Item item) {
    return root.resolve(item.place());
  }

  /**
   * Reads all of an item.
   *
   * @throws BrokenEntry where it is not what it was
   */
  void check(Item item) {
    if (item instanceof Item.Made made) {
      entry(made).check();
    } else if (item instanceof Item.Blob blob) {
      file(blob.digest()).check();
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

  private void produce(String kind, HashingProducer producer, Path directory) throws IOException {
    try (Scratch scratch = newScratch(kind)) {
      Path entry = Files.createDirectory(scratch.path().resolve("entry"));
      Path content = entry.resolve(CacheEntry.CONTENT);
      Map<String, Digest> hashed = producer.produce(content);
      if (!Files.exists(content, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalStateException("the producer of " + kind + " made nothing at " + content);
      }
      Files.write(entry.resolve(CacheEntry.RECORD), Json.write(Inventory.of(content, hashed)));
      Tree.force(entry);
      createParent(directory);
      AtomicFile.rename(entry, directory);
    }
  }

  private Scratch newScratch(String purpose) throws IOException {
    Item.Made.requireName(purpose);
    String name = Names.scratch(purpose);
    // Locked before it exists: a sweep never meets a living owner's directory without its lock.
    Locks.Held held = locks.acquire(Names.scratchLock(name));
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

  private CacheEntry entry(Item.Made item) {
    return new CacheEntry(item, place(item));
  }

  private boolean isThere(Path path, Predicate<BasicFileAttributes> sort) {
    try {
      return LastUse.find(path, sort);
    } catch (IOException e) {
      throw failure(root, "look for " + path, e);
    }
  }

  static KilnException failure(Path root, String doing, IOException e) {
    return FullDisk.recognise(root, e).orElseGet(() -> KilnException.io(doing, e));
  }
}
