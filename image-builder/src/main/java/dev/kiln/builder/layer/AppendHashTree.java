package dev.kiln.builder.layer;

import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Appends a dm-verity hash tree to the file it covers: the header, in a block of its own, and the
 * levels, as veritysetup(8) writes them. Salt and UUID follow from the layer's name: equal data
 * gives an equal tree.
 */
public final class AppendHashTree {
  private static final int BLOCK = VeritySuperblock.BLOCK;
  private static final int BUFFER = 1 << 16;

  private AppendHashTree() {}

  /**
   * A file that has its hash tree.
   *
   * @param file the digest of all of it
   */
  public record Hashed(Layer.Verity verity, Digest file) {}

  /**
   * Appends it, and hashes the whole file beside that: the tree is computed by all processors, in
   * any order, and the digest in that of the bytes, so each reads for itself. What one has read,
   * the other finds in memory.
   *
   * @param layer whose data it is
   * @param file whole blocks of 4096 bytes, 1 to {@link VerityTree#MOST_BLOCKS}
   */
  public static Hashed append(String layer, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long offset = channel.size();
      if (offset == 0 || offset % BLOCK != 0 || offset / BLOCK > VerityTree.MOST_BLOCKS) {
        throw new IllegalArgumentException(file + " has " + offset + " bytes");
      }
      MessageDigest whole = Digest.newMessageDigest();
      CompletableFuture<Void> data = CompletableFuture.runAsync(() -> update(whole, file, offset));
      VeritySuperblock header = header(layer, offset / BLOCK);
      VerityTree tree = VerityTree.of(channel, header.dataBlocks(), header.saltBytes());
      join(data);
      channel.position(offset);
      for (byte[] part : tree.behind(header)) {
        whole.update(part);
        ByteBuffer bytes = ByteBuffer.wrap(part);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      return new Hashed(new Layer.Verity(tree.rootHash(), offset), Digest.finish(whole));
    }
  }

  private static void update(MessageDigest digest, Path file, long bytes) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (long left = bytes; left > 0; ) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
        if (read == 0) {
          throw new EOFException(file + " became shorter");
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(CompletableFuture<Void> reading) throws IOException {
    try {
      reading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }

  private static VeritySuperblock header(String layer, long blocks) {
    return new VeritySuperblock(
        uuid(Digest.of("Kiln's UUID of the layer " + layer).hex()),
        blocks,
        Digest.of("Kiln's salt of the layer " + layer).hex());
  }

  /** A version-8 UUID (RFC 9562, section 5.8) of a digest's first digits. */
  private static String uuid(String hex) {
    return hex.substring(0, 12) + "8" + hex.substring(13, 16) + "8" + hex.substring(17, 32);
  }
}
