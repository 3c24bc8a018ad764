package dev.kiln.builder.describe;

import dev.kiln.builder.sbom.BuiltProgram;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.profile.ZoneName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an image came from: all that its provenance tells and its manifest does not.
 *
 * @param zone the bake was done for
 * @param formats the numbers of those parts of Kiln that shape its bytes
 * @param initrdKey digest of what the initrd was made from
 * @param layerKeys layer to the digest of what it was made from
 * @param programs that were compiled for it, by the name of their build
 */
public record Origin(
    Lock lock,
    ZoneName zone,
    Map<String, Integer> formats,
    Digest initrdKey,
    Map<String, Digest> layerKeys,
    Map<String, List<BuiltProgram>> programs) {
  public Origin {
    // Sorted: the order of a hash table must not get into a document.
    formats = Collections.unmodifiableMap(new TreeMap<>(formats));
    layerKeys = Collections.unmodifiableMap(new TreeMap<>(layerKeys));
    programs = Map.copyOf(programs);
  }

  Digest keyOf(String layer) {
    Digest key = layerKeys.get(layer);
    if (key == null) {
      throw new IllegalArgumentException("nobody said what the layer " + layer + " was made from");
    }
    return key;
  }
}
