package dev.kiln.builder.bake;

import dev.kiln.builder.layer.AdditionTree;
import dev.kiln.file.Digest;
import dev.kiln.profile.LayerName;
import java.io.IOException;

/**
 * One part of a layer that only adds.
 *
 * @param layer where it goes
 * @param name what it is
 * @param inputs digest of all that its bytes depend on
 */
record Addition(LayerName layer, String name, Digest inputs, Contents contents) {
  /** Adds the part's files. */
  @FunctionalInterface
  interface Contents {
    void addTo(AdditionTree tree) throws IOException;
  }
}
