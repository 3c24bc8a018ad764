package dev.kiln.manifest;

import dev.kiln.file.Digest;

/**
 * A part of an image with an identity of its own: a squashfs with its dm-verity hash tree behind it
 * in the same file.
 *
 * @param name {@code os}, {@code runtime}, {@code kubernetes}, {@code images} or {@code config}
 * @param key digest of the locked inputs it was made from
 */
public record Layer(String name, Digest key, ImageFile file, Verity verity) {
  /**
   * dm-verity's parameters (format 1, SHA-256, blocks of 4096 bytes).
   *
   * @param rootHash of the hash tree
   * @param hashOffset bytes of the squashfs before the tree's superblock; a multiple of 4096
   */
  public record Verity(Digest rootHash, long hashOffset) {
    public Verity {
      if (hashOffset <= 0 || hashOffset % 4096 != 0) {
        throw new IllegalArgumentException(
            "a hash tree starts at a multiple of 4096, not " + hashOffset);
      }
    }
  }
}
