package dev.kiln.builder.bake;

import dev.kiln.builder.layer.LayerTree;
import dev.kiln.file.Digest;
import dev.kiln.profile.LayerName;
import java.io.IOException;

/**
 * One part of a layer: a pin, a built pin, or a file that Kiln writes.
 *
 * @param layer where it goes
 * @param name whose it is: {@code pin kubelet}, {@code Kiln}
 * @param inputs digest of all that its bytes depend on
 */
record LayerPart(LayerName layer, String name, Digest inputs, Contents contents) {
  /** Adds the part's files. */
  @FunctionalInterface
  interface Contents {
    void addTo(LayerTree tree) throws IOException;
  }
}
