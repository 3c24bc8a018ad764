package dev.kiln.builder.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What a bake makes, small: layers of random bytes with a hash tree made here, by hand. */
public final class TestParts {
  private static final int BLOCK = 4096;

  private TestParts() {}

  /** Writes them into a directory; always the same bytes, whatever they were made from. */
  public static BakedImage write(Path directory, String madeFrom) throws IOException {
    Files.createDirectories(directory);
    return new BakedImage(
        "amd64",
        "6.1.0-50-amd64",
        List.of("console=ttyS0", "quiet"),
        part(directory.resolve("kernel"), "a kernel".getBytes(UTF_8)),
        part(directory.resolve("archive"), "an initrd".getBytes(UTF_8)),
        Digest.of("initrd of " + madeFrom),
        List.of(layer(directory, "os", 100, madeFrom), layer(directory, "config", 1, madeFrom)));
  }

  /** A layer of 1 to 128 blocks, whose tree has one level (or, for one block, none). */
  private static PackedLayer layer(Path directory, String name, int blocks, String madeFrom)
      throws IOException {
    byte[] salt = {1, 2, 3};
    byte[] data = new byte[blocks * BLOCK];
    new Random(blocks).nextBytes(data);
    byte[] level = new byte[blocks == 1 ? 0 : BLOCK];
    byte[] root = sha256(salt, data, 0);
    if (blocks > 1) {
      for (int i = 0; i < blocks; i++) {
        System.arraycopy(sha256(salt, data, i * BLOCK), 0, level, i * 32, 32);
      }
      root = sha256(salt, level, 0);
    }
    ByteBuffer content =
        ByteBuffer.allocate(data.length + BLOCK + level.length).order(ByteOrder.LITTLE_ENDIAN);
    content.put(data).put("verity\0\0".getBytes(UTF_8)).putInt(1).putInt(1).put(new byte[16]);
    content.put("sha256".getBytes(UTF_8)).put(new byte[26]).putInt(BLOCK).putInt(BLOCK);
    content.putLong(blocks).putShort((short) salt.length).put(new byte[6]).put(salt);
    content.position(data.length + BLOCK).put(level);
    CachedFile file = part(directory.resolve(name), content.array());
    Layer layer =
        new Layer(
            name,
            new ImageFile(name + ".squashfs", content.capacity(), Digest.of(content.array())),
            new Layer.Verity(new Digest(HexFormat.of().formatHex(root)), data.length));
    return new PackedLayer(layer, Digest.of(name + " of " + madeFrom), file);
  }

  private static CachedFile part(Path file, byte[] content) throws IOException {
    return CachedFile.ofBlob(Files.write(file, content), Digest.of(content));
  }

  private static byte[] sha256(byte[] salt, byte[] from, int offset) {
    MessageDigest digest = Digest.newMessageDigest();
    digest.update(salt);
    digest.update(from, offset, BLOCK);
    return digest.digest();
  }
}
