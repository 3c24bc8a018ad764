package dev.kiln.builder.layer;

import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends a dm-verity hash tree to the file it covers: the header, in a block of its own, and the
 * levels, as veritysetup(8) writes them. Salt and UUID follow from the layer's name: equal data
 * gives an equal tree.
 */
public final class AppendHashTree {
  private static final int BLOCK = VeritySuperblock.BLOCK;

  private AppendHashTree() {}

  /**
   * Appends it.
   *
   * @param layer whose data it is
   * @param file whole blocks of 4096 bytes, 1 to {@link VerityTree#MOST_BLOCKS}
   */
  public static Layer.Verity append(String layer, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long offset = channel.size();
      if (offset == 0 || offset % BLOCK != 0 || offset / BLOCK > VerityTree.MOST_BLOCKS) {
        throw new IllegalArgumentException(file + " has " + offset + " bytes");
      }
      VeritySuperblock header = header(layer, offset / BLOCK);
      VerityTree tree = VerityTree.of(channel, header.dataBlocks(), header.saltBytes());
      channel.position(offset);
      for (byte[] part : tree.behind(header)) {
        ByteBuffer bytes = ByteBuffer.wrap(part);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      return new Layer.Verity(tree.rootHash(), offset);
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
