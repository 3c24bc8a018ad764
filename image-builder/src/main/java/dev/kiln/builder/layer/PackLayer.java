package dev.kiln.builder.layer;

import dev.kiln.builder.kit.Kit;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Packs a tree as a layer: a squashfs, and the hash tree in the same file. The same tree under the
 * same layer's name gives the same bytes.
 */
public final class PackLayer {
  private final MakeSquashfs squashfs;

  /** Prepares to pack with the kit's tools. */
  public PackLayer(Kit kit, SquashfsCompression compression) {
    this.squashfs = new MakeSquashfs(kit, compression.options());
  }

  /**
   * Packs a tree into {@code entry}, a directory of the cache that is being made.
   *
   * @param key of the layer, for its description alone
   * @return the digest of the squashfs, by its name
   */
  public Map<String, Digest> pack(String name, Digest key, TreeToPack tree, Path entry) {
    try {
      Path file = entry.resolve(PackedLayer.FILE);
      squashfs.make(tree, file);
      AppendHashTree.Hashed hashed = AppendHashTree.append(name, file);
      PackedLayer.describe(entry, name, hashed.verity());
      return Map.of(PackedLayer.FILE, hashed.file());
    } catch (IOException e) {
      throw KilnException.io("write the layer " + name, e);
    }
  }
}
