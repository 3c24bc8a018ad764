package dev.kiln.builder.layer;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.document.Json;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A finished layer in the cache.
 *
 * @param layer as the manifest will name it
 * @param key of the cache's entry: digest of the inputs it was made from
 * @param file the squashfs with its hash tree
 */
public record PackedLayer(Layer layer, Digest key, CachedFile file) {
  static final String FILE = "layer.squashfs";

  private static final String DESCRIPTION = "layer.json";
  private static final int MOST_DESCRIPTION = 64 << 10;

  /** What the cache's own record of the squashfs does not say. */
  private record Description(String name, Layer.Verity verity) {}

  static void describe(Path entry, String name, Layer.Verity verity) throws IOException {
    AtomicFile.write(entry.resolve(DESCRIPTION), Json.write(new Description(name, verity)));
  }

  /** Reads the entry that {@link PackLayer} wrote. */
  public static PackedLayer read(CacheEntry entry) {
    Description described =
        Json.read(
            entry.path().resolve(DESCRIPTION).toString(),
            entry.file(DESCRIPTION).read(MOST_DESCRIPTION),
            Description.class);
    CachedFile file = entry.file(FILE);
    ImageFile inImage = new ImageFile(described.name() + ".squashfs", file.size(), file.digest());
    return new PackedLayer(
        new Layer(described.name(), inImage, described.verity()), entry.key(), file);
  }
}
