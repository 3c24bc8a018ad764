package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.AdditionTree;
import dev.kiln.builder.layer.LayerKey;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.file.Digest;
import dev.kiln.profile.LayerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A layer of pure additions: pinned binaries, built ones, files that Kiln writes. */
final class AddedLayer {
  /**
   * mksquashfs(1): whoever baked, the image's files are root's; and what the host's file system
   * adds to files (security labels, access control lists) is no part of them.
   */
  private static final List<String> SQUASHFS_OPTIONS = List.of("-all-root", "-no-xattrs");

  private final Cache cache;
  private final Kit kit;
  private final Instant epoch;

  AddedLayer(Cache cache, Kit kit, Instant epoch) {
    this.cache = cache;
    this.kit = kit;
    this.epoch = epoch;
  }

  /** The layer of these parts; made where the cache does not have it. */
  PackedLayer make(LayerName layer, List<Addition> parts) {
    Digest key = keyOf(layer, parts);
    return PackedLayer.read(
        cache.entry("added-layer", key, target -> pack(layer, parts, key, target)));
  }

  private void pack(LayerName layer, List<Addition> parts, Digest key, Path target)
      throws IOException {
    Files.createDirectory(target);
    try (Scratch scratch = cache.scratch(layer.toString())) {
      Path root = Files.createDirectory(scratch.path().resolve("tree"));
      AdditionTree tree = new AdditionTree(root, epoch);
      for (Addition part : parts) {
        tree.begin(part.name());
        part.contents().addTo(tree);
      }
      tree.finish();
      new PackLayer(kit, epoch)
          .pack(layer.toString(), key, ImageTree.at(root), target, SQUASHFS_OPTIONS);
    }
  }

  private Digest keyOf(LayerName layer, List<Addition> parts) {
    LayerKey key =
        new LayerKey("added layer 2")
            .add("format", PackLayer.FORMAT)
            .add("layer", layer.toString())
            .add("kit", kit.key())
            .add("epoch", epoch.toString());
    parts.forEach(part -> key.add(part.name(), part.inputs()));
    return key.digest();
  }
}
