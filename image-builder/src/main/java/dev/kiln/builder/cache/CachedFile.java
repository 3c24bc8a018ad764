package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file in the cache, with what was recorded of it when it came in. Whoever reads it through this
 * class gets those bytes or a {@link BrokenEntry}.
 */
public final class CachedFile {
  /** Bytes. */
  static final int BUFFER = 1 << 16;

  private final Item item;
  private final String name;
  private final Path path;
  private final Supplier<Recorded> recorded;

  /** How a file was when it came in. */
  record Recorded(long size, Digest digest) {}

  /**
   * A file of an item.
   *
   * @param name its path in the item; empty where it is all of it
   * @param recorded read when it is needed: a bake that only finds things reads no records
   */
  CachedFile(Item item, String name, Path path, Supplier<Recorded> recorded) {
    this.item = item;
    this.name = name;
    this.path = path;
    this.recorded = recorded;
  }

  /** Fetched bytes, of which nothing has to be recorded but their digest. */
  public static CachedFile ofBlob(Path path, Digest digest) {
    Item.Blob blob = new Item.Blob(digest);
    return new CachedFile(blob, "", path, () -> new Recorded(sizeOf(blob, path), digest));
  }

  /** Checks many, as many at once as there are processors. */
  public static void checkAll(Collection<CachedFile> files) {
    files.parallelStream().forEach(CachedFile::check);
  }

  /** For programs that read it themselves, after {@link #check}. */
  public Path path() {
    return path;
  }

  /** Bytes, as recorded. */
  public long size() {
    return recorded.get().size();
  }

  /** As recorded. */
  public Digest digest() {
    return recorded.get().digest();
  }

  /** Reads it once, and compares. */
  public void check() {
    try (InputStream in = open()) {
      byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        // Its end is what counts.
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * A stream whose end is only reached where its bytes are the recorded ones: what was done with
   * them before that has to be undone by whoever meets a {@link BrokenEntry}.
   */
  public InputStream open() {
    return new CheckedStream(this);
  }

  /**
   * All of it.
   *
   * @param most bytes; a larger file is none that was meant
   */
  public byte[] read(int most) {
    try (InputStream in = open()) {
      byte[] content = in.readNBytes(most);
      if (in.read() >= 0) {
        throw new BrokenEntry(item, part() + " has more than " + most + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Copies it to a file that is not there yet, hashes it on the way, and forces it to disk. Where
   * that fails, the file must not be used.
   *
   * @throws IOException when the copy cannot be written
   */
  public void copyTo(Path target, Set<PosixFilePermission> mode) throws IOException {
    try (InputStream in = open();
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
    Files.setPosixFilePermissions(target, mode);
  }

  BrokenEntry changed() {
    return new BrokenEntry(item, part() + " was changed");
  }

  RuntimeException broken(IOException failure) {
    return BrokenEntry.of(item, name, failure);
  }

  private String part() {
    return name.isEmpty() ? "its content" : name;
  }

  private static long sizeOf(Item item, Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw BrokenEntry.of(item, "", e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
