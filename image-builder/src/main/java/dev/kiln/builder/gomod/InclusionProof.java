package dev.kiln.builder.gomod;

import dev.kiln.file.Digest;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Whether a leaf is in a Merkle tree (RFC 6962, section 2.1): its root is computed of the leaf and
 * of the hashes beside its way up.
 *
 * @param size of the tree in leaves
 * @param number of the leaf, from 0; less than the size
 */
record InclusionProof(long size, long number, Digest leaf) {
  /** Levels of the tree in a tile. */
  private static final int HEIGHT = 8;

  static final int TILE_WIDTH = 1 << HEIGHT;
  static final int HASH_BYTES = 32;

  /** The tiles that a tree is published in (https://go.dev/design/25530-sumdb). */
  @FunctionalInterface
  interface Tiles {
    /**
     * Hashes of neighbours on one level of the tree.
     *
     * @param level counted in tiles from the leaves
     * @param index of the tile on that level
     * @param width how many hashes it has at least, and how many count
     */
    byte[] read(int level, long index, int width);
  }

  /** The root of the tree, where the leaf is in it; another hash where it is not. */
  Digest root(Tiles tiles) {
    return new Computation(tiles).withLeaf(0, size);
  }

  private final class Computation {
    private final Tiles tiles;

    Computation(Tiles tiles) {
      this.tiles = tiles;
    }

    /** Of the leaves from a first one to before another, of which the leaf is one. */
    Digest withLeaf(long begin, long end) {
      if (end - begin == 1) {
        return leaf;
      }
      long middle = middle(begin, end);
      return number < middle
          ? node(withLeaf(begin, middle), of(middle, end))
          : node(of(begin, middle), withLeaf(middle, end));
    }

    private Digest of(long begin, long end) {
      long count = end - begin;
      if (Long.bitCount(count) > 1) {
        long middle = middle(begin, end);
        return node(of(begin, middle), of(middle, end));
      }
      int levels = Long.numberOfTrailingZeros(count);
      int level = levels / HEIGHT;
      long first = begin >> (level * HEIGHT);
      long index = first / TILE_WIDTH;
      long there = (size >> (level * HEIGHT)) - index * TILE_WIDTH;
      byte[] tile = tiles.read(level, index, (int) Math.min(there, TILE_WIDTH));
      return of(tile, (int) (first % TILE_WIDTH), 1 << (levels % HEIGHT));
    }

    private static Digest of(byte[] tile, int first, int count) {
      if (count == 1) {
        int at = first * HASH_BYTES;
        return new Digest(HexFormat.of().formatHex(tile, at, at + HASH_BYTES));
      }
      int half = count / 2;
      return node(of(tile, first, half), of(tile, first + half, half));
    }
  }

  /** Behind the largest power of two that is less than the number of leaves. */
  private static long middle(long begin, long end) {
    return begin + Long.highestOneBit(end - begin - 1);
  }

  private static Digest node(Digest left, Digest right) {
    MessageDigest digest = Digest.newMessageDigest();
    digest.update((byte) 1);
    digest.update(HexFormat.of().parseHex(left.hex()));
    digest.update(HexFormat.of().parseHex(right.hex()));
    return Digest.finish(digest);
  }
}
