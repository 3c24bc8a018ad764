package dev.kiln.builder.layer;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A finished layer in the cache.
 *
 * @param layer as the manifest will name it
 * @param key of the cache's entry: digest of the inputs it was made from
 * @param file the squashfs with its hash tree
 */
public record PackedLayer(Layer layer, Digest key, Path file) {
  static final String FILE = "layer.squashfs";
  static final String DESCRIPTION = "layer.json";

  /** Reads the entry that {@link PackLayer} wrote. */
  public static PackedLayer read(Path entry, Digest key) {
    Path description = entry.resolve(DESCRIPTION);
    try {
      Layer layer = Json.read(description.toString(), Files.readAllBytes(description), Layer.class);
      return new PackedLayer(layer, key, entry.resolve(FILE));
    } catch (IOException e) {
      throw KilnException.io("read " + description, e);
    }
  }
}
