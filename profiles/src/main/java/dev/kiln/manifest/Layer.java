package dev.kiln.manifest;

import dev.kiln.file.Digest;
import java.util.regex.Pattern;

/**
 * A part of an image with an identity of its own: a squashfs with its dm-verity hash tree behind it
 * in the same file.
 *
 * @param name {@code os}, {@code runtime}, {@code kubernetes}, {@code images} or {@code config}
 */
public record Layer(String name, ImageFile file, Verity verity) {
  /** It is a word of the boot manifest, which a shell reads. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public Layer {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a layer");
    }
    if (verity.hashOffset() >= file.size()) {
      throw new IllegalArgumentException(
          "the hash tree of layer " + name + " starts behind the end of " + file.name());
    }
  }

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
