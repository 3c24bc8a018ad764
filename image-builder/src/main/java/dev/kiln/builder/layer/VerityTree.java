package dev.kiln.builder.layer;

import static dev.kiln.builder.layer.VeritySuperblock.BLOCK;

import dev.kiln.file.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A dm-verity hash tree (kernel documentation: device-mapper/verity), computed from the data: each
 * block's digest is SHA-256 of the salt and the block; the digests, 128 a block, are the blocks of
 * the level above; the digest of the one block on top is the root hash.
 */
public final class VerityTree {
  /** Blocks; 16 GiB, for which the lowest level needs 128 MiB of memory. */
  public static final long MOST_BLOCKS = 1L << 22;

  private static final int DIGEST = 32;

  /** Blocks that are read together. */
  private static final int AT_ONCE = 64;

  private final Deque<byte[]> levelsFromTheTop = new ArrayDeque<>();
  private final byte[] salt;
  private final byte[] root;

  private VerityTree(byte[] salt, byte[] digestsOfData) {
    this.salt = salt;
    byte[] digests = digestsOfData;
    while (digests.length > DIGEST) {
      byte[] level = Arrays.copyOf(digests, roundUp(digests.length));
      levelsFromTheTop.addFirst(level);
      digests = digestsOf(level);
    }
    this.root = digests;
  }

  /**
   * Reads the data, by as many threads as there are processors, and computes the tree.
   *
   * @param blocks how many, from the file's beginning; 1 to {@link #MOST_BLOCKS}
   */
  public static VerityTree of(FileChannel file, long blocks, byte[] salt) throws IOException {
    byte[] digests = new byte[Math.toIntExact(blocks * DIGEST)];
    try {
      LongStream.rangeClosed(0, (blocks - 1) / AT_ONCE)
          .parallel()
          .forEach(part -> hash(file, part * AT_ONCE, salt, digests));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new VerityTree(salt, digests);
  }

  /** Hashes some of the blocks, each to its place. */
  private static void hash(FileChannel file, long first, byte[] salt, byte[] digests) {
    int blocks = Math.min(AT_ONCE, digests.length / DIGEST - (int) first);
    ByteBuffer data = ByteBuffer.allocate(blocks * BLOCK);
    try {
      readFully(file, data, first * BLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MessageDigest sha256 = Digest.newMessageDigest();
    for (int i = 0; i < blocks; i++) {
      hash(sha256, salt, data.array(), i * BLOCK, digests, ((int) first + i) * DIGEST);
    }
  }

  public Digest rootHash() {
    return new Digest(HexFormat.of().formatHex(root));
  }

  /** All that stands behind the data: the header, and the levels from the top. */
  List<byte[]> behind(VeritySuperblock header) {
    return Stream.concat(Stream.of(header.block()), levelsFromTheTop.stream()).toList();
  }

  /** Bytes of all levels. */
  public long size() {
    return levelsFromTheTop.stream().mapToLong(level -> level.length).sum();
  }

  /** True where the file holds this very tree at an offset, top level first. */
  public boolean isStoredAt(FileChannel file, long offset) throws IOException {
    long at = offset;
    for (byte[] level : levelsFromTheTop) {
      ByteBuffer stored = ByteBuffer.allocate(level.length);
      readFully(file, stored, at);
      if (!Arrays.equals(stored.array(), level)) {
        return false;
      }
      at += level.length;
    }
    return true;
  }

  private byte[] digestsOf(byte[] level) {
    MessageDigest sha256 = Digest.newMessageDigest();
    byte[] digests = new byte[level.length / BLOCK * DIGEST];
    for (int i = 0; i < level.length / BLOCK; i++) {
      hash(sha256, salt, level, i * BLOCK, digests, i * DIGEST);
    }
    return digests;
  }

  private static void hash(
      MessageDigest sha256, byte[] salt, byte[] from, int offset, byte[] into, int at) {
    sha256.update(salt);
    sha256.update(from, offset, BLOCK);
    System.arraycopy(sha256.digest(), 0, into, at, DIGEST);
  }

  private static void readFully(FileChannel file, ByteBuffer into, long offset) throws IOException {
    long start = offset - into.position();
    while (into.hasRemaining()) {
      if (file.read(into, start + into.position()) < 0) {
        throw new EOFException("the file ends before its hash tree does");
      }
    }
  }

  private static int roundUp(int bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }
}
