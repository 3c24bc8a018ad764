package dev.kiln.builder.bake;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.layer.LayerTree;
import dev.kiln.builder.layer.UnpackArchive;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPin;
import dev.kiln.node.system.NodeFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.ImagePath;
import dev.kiln.profile.LayerName;
import dev.kiln.profile.Pin;
import dev.kiln.profile.Placement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Makes the parts of layers from what the profile says of them. */
final class PartsOfProfile {
  private static final int PROGRAM = 0755;

  private PartsOfProfile() {}

  /**
   * A pin.
   *
   * @param file its bytes, checked when they are placed
   */
  static LayerPart ofPin(Pin pin, LockedPin locked, CachedFile file) {
    Digest inputs =
        new ProductKey(Product.LAYER_PART)
            .add("sort", "pin")
            .add("bytes", locked.digest())
            .add("placement", pin.placement().toString())
            .digest();
    return new LayerPart(pin.layer(), "pin " + pin.name(), inputs, tree -> place(pin, file, tree));
  }

  private static void place(Pin pin, CachedFile file, LayerTree tree) throws IOException {
    if (pin.placement() instanceof Placement.Install install) {
      addProgram(tree, install.path(), file);
    } else if (pin.placement() instanceof Placement.Unpack unpack) {
      // An archive is believed before its end is read.
      file.check();
      new UnpackArchive(pin.name(), unpack.to().toString(), unpack.strip())
          .unpack(file.path(), tree);
    }
  }

  /**
   * A built pin.
   *
   * @param outputs the declared outputs, under the digest of all inputs
   */
  static LayerPart ofBuild(Build build, CacheEntry outputs) {
    Digest inputs =
        new ProductKey(Product.LAYER_PART)
            .add("sort", "built pin")
            .add("entry", outputs.key())
            .add("outputs", build.outputs().toString())
            .digest();
    return new LayerPart(
        build.layer(),
        "build " + build.name(),
        inputs,
        tree -> {
          for (Map.Entry<String, ImagePath> output : build.outputs().entrySet()) {
            addProgram(tree, output.getValue(), outputs.file(output.getKey()));
          }
        });
  }

  /** The files that Kiln writes for this profile. */
  static List<LayerPart> ofFiles(List<NodeFile> files) {
    return files.stream().map(PartsOfProfile::ofFile).toList();
  }

  private static LayerPart ofFile(NodeFile file) {
    String path = file.path().toString();
    Digest inputs =
        new ProductKey(Product.LAYER_PART)
            .add("sort", "file")
            .add("file", file.toString())
            .digest();
    return new LayerPart(
        LayerName.CONFIG,
        "Kiln",
        inputs,
        tree -> {
          if (file instanceof NodeFile.Regular regular) {
            tree.addFile(path, new ByteArrayInputStream(regular.bytes()), regular.mode());
          } else if (file instanceof NodeFile.Link link) {
            tree.addLink(path, link.target());
          }
        });
  }

  private static void addProgram(LayerTree tree, ImagePath path, CachedFile file)
      throws IOException {
    try (InputStream in = file.open()) {
      tree.addFile(path.toString(), in, PROGRAM);
    }
  }
}
