package dev.kiln.manifest;

import java.nio.charset.StandardCharsets;

/**
 * What the initrd reads: a text of one word list a line, because a shell reads it before anything
 * is trusted but its digest.
 *
 * <pre>
 * kiln-boot 1
 * layer NAME FILE SIZE HASH-OFFSET ROOT-HASH
 * </pre>
 *
 * Layers stand lowest first; sizes and offsets are bytes.
 */
public final class BootManifest {
  /** The file's name in an image directory. */
  public static final String FILE = "boot.manifest";

  private BootManifest() {}

  public static byte[] write(Iterable<Layer> layers) {
    StringBuilder text = new StringBuilder("kiln-boot 1\n");
    for (Layer layer : layers) {
      text.append("layer ")
          .append(layer.name())
          .append(' ')
          .append(layer.file().name())
          .append(' ')
          .append(layer.file().size())
          .append(' ')
          .append(layer.verity().hashOffset())
          .append(' ')
          .append(layer.verity().rootHash().hex())
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
