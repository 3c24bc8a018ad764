package dev.kiln.builder.layer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The header of a dm-verity hash tree (cryptsetup's on-disk format, version 1): 512 bytes, little
 * endian, of which only Kiln's own kind is taken: hash type 1, SHA-256, blocks of 4096 bytes.
 *
 * @param uuid 32 hexadecimal digits
 * @param dataBlocks how many blocks the tree covers
 * @param salt hexadecimal, at most 256 bytes; it is hashed before each block
 */
public record VeritySuperblock(String uuid, long dataBlocks, String salt) {
  /** Bytes of a data block and of a hash block. */
  public static final int BLOCK = 4096;

  private static final int SIZE = 512;
  private static final int ALGORITHM = 32;
  private static final int PADDING = 6;
  private static final int MAX_SALT = 256;
  private static final byte[] SIGNATURE = {'v', 'e', 'r', 'i', 't', 'y', 0, 0};

  /**
   * Reads the header at an offset.
   *
   * @throws IllegalArgumentException with a sentence, where it is not one of Kiln's
   */
  public static VeritySuperblock read(FileChannel file, long offset) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    while (header.hasRemaining()) {
      if (file.read(header, offset + header.position()) < 0) {
        throw new EOFException("the file ends inside the header of its hash tree");
      }
    }
    return parse(header.flip());
  }

  /** The header as it stands in a file, and zeros up to the end of its block. */
  byte[] block() {
    byte[] saltBytes = saltBytes();
    ByteBuffer header = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    header.put(SIGNATURE).putInt(1).putInt(1).put(HexFormat.of().parseHex(uuid));
    header.put(Arrays.copyOf("sha256".getBytes(StandardCharsets.US_ASCII), ALGORITHM));
    header.putInt(BLOCK).putInt(BLOCK).putLong(dataBlocks);
    header.putShort((short) saltBytes.length).put(new byte[PADDING]).put(saltBytes);
    return header.array();
  }

  private static VeritySuperblock parse(ByteBuffer header) {
    byte[] signature = take(header, SIGNATURE.length);
    require(Arrays.equals(signature, SIGNATURE), "there is no hash tree");
    require(header.getInt() == 1, "the hash tree has an unknown version");
    require(header.getInt() == 1, "the hash tree is not of type 1");
    String uuid = HexFormat.of().formatHex(take(header, 16));
    String algorithm =
        new String(take(header, ALGORITHM), StandardCharsets.US_ASCII).split("\0", 2)[0];
    require(algorithm.equals("sha256"), "the hash tree is not made with SHA-256");
    require(header.getInt() == BLOCK, "the data blocks do not have 4096 bytes");
    require(header.getInt() == BLOCK, "the hash blocks do not have 4096 bytes");
    long dataBlocks = header.getLong();
    int saltSize = Short.toUnsignedInt(header.getShort());
    require(saltSize <= MAX_SALT, "the salt has more than 256 bytes");
    take(header, PADDING);
    return new VeritySuperblock(uuid, dataBlocks, HexFormat.of().formatHex(take(header, saltSize)));
  }

  public byte[] saltBytes() {
    return HexFormat.of().parseHex(salt);
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
