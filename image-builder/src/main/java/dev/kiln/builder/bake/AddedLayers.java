package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.LayerTree;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.file.Digest;
import dev.kiln.profile.LayerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The layers put together from parts: pinned binaries, built ones, files that Kiln writes. They
 * only add to the {@code os} layer; nothing is installed.
 */
final class AddedLayers {
  private final Cache cache;
  private final Tools tools;
  private final SquashfsCompression compression;

  AddedLayers(Cache cache, Tools tools, SquashfsCompression compression) {
    this.cache = cache;
    this.tools = tools;
    this.compression = compression;
  }

  /** The layers of these parts, lowest first; made where the cache does not have them. */
  List<CacheEntry> make(List<LayerPart> parts) {
    List<CacheEntry> made = new ArrayList<>();
    for (LayerName name : LayerName.values()) {
      List<LayerPart> ofLayer = parts.stream().filter(part -> part.layer() == name).toList();
      if (!ofLayer.isEmpty()) {
        made.add(make(name, ofLayer));
      }
    }
    return made;
  }

  private CacheEntry make(LayerName layer, List<LayerPart> parts) {
    Digest key = keyOf(layer, parts);
    return cache.hashedEntry("added-layer", key, target -> pack(layer, parts, key, target));
  }

  private Map<String, Digest> pack(LayerName layer, List<LayerPart> parts, Digest key, Path target)
      throws IOException {
    Files.createDirectory(target);
    try (Scratch scratch = cache.scratch(layer.toString())) {
      LayerTree tree = new LayerTree(Files.createDirectory(scratch.path().resolve("tree")));
      for (LayerPart part : parts) {
        tree.begin(part.name());
        part.contents().addTo(tree);
      }
      tree.paths().write(target);
      return new PackLayer(tools.kit(), compression)
          .pack(layer.toString(), key, tree.finish(), target);
    }
  }

  private Digest keyOf(LayerName layer, List<LayerPart> parts) {
    ProductKey key =
        new ProductKey(Product.ADDED_LAYER)
            .add("layer", layer.toString())
            .add("compression", compression.word())
            .add("tools", tools.digest(Tool.MKSQUASHFS));
    parts.forEach(part -> key.add(part.name(), part.inputs()));
    return key.digest();
  }
}
