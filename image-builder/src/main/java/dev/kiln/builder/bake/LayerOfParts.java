package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.LayerTree;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.file.Digest;
import dev.kiln.profile.LayerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A layer put together from parts: pinned binaries, built ones, files that Kiln writes. It only
 * adds to the {@code os} layer; nothing is installed.
 */
final class LayerOfParts {
  private final Cache cache;
  private final Kit kit;
  private final KitTools tools;
  private final SquashfsCompression compression;

  LayerOfParts(Cache cache, Kit kit, KitTools tools, SquashfsCompression compression) {
    this.cache = cache;
    this.kit = kit;
    this.tools = tools;
    this.compression = compression;
  }

  /** The layer of these parts; made where the cache does not have it. */
  PackedLayer make(LayerName layer, List<LayerPart> parts) {
    Digest key = keyOf(layer, parts);
    return PackedLayer.read(
        cache.entry("added-layer", key, target -> pack(layer, parts, key, target)));
  }

  private void pack(LayerName layer, List<LayerPart> parts, Digest key, Path target)
      throws IOException {
    Files.createDirectory(target);
    try (Scratch scratch = cache.scratch(layer.toString())) {
      LayerTree tree = new LayerTree(Files.createDirectory(scratch.path().resolve("tree")));
      for (LayerPart part : parts) {
        tree.begin(part.name());
        part.contents().addTo(tree);
      }
      new PackLayer(kit, compression).pack(layer.toString(), key, tree.finish(), target);
    }
  }

  private Digest keyOf(LayerName layer, List<LayerPart> parts) {
    ProductKey key =
        new ProductKey("added layer", Format.PARTS, Format.SQUASHFS, Format.VERITY)
            .add("layer", layer.toString())
            .add("compression", compression.word())
            .add("tools", tools.digest(Tool.MKSQUASHFS, Tool.VERITYSETUP));
    parts.forEach(part -> key.add(part.name(), part.inputs()));
    return key.digest();
  }
}
