package dev.kiln.builder.layer;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Appends a dm-verity hash tree to the file it covers, by the kit's veritysetup. Salt and UUID
 * follow from the layer's name: equal data gives an equal tree.
 */
public final class AppendHashTree {
  private static final int BLOCK = VeritySuperblock.BLOCK;
  private static final Pattern ROOT_HASH = Pattern.compile("(?m)^Root hash:\\s+([0-9a-f]{64})$");

  private final Kit kit;

  public AppendHashTree(Kit kit) {
    this.kit = kit;
  }

  /**
   * Appends it.
   *
   * @param layer whose data it is
   * @param file whole blocks of 4096 bytes
   */
  public Layer.Verity append(String layer, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    long offset = Files.size(file);
    if (directory == null || offset % BLOCK != 0) {
      throw new IllegalArgumentException(file + " has " + offset + " bytes, no whole blocks");
    }
    Exit exit =
        kit.sandbox()
            .run(
                kit.command(arguments(layer, "/run/layer/" + file.getFileName(), offset))
                    .with(Bind.writable(directory, "/run/layer")));
    exit.orFail("make the hash tree of layer " + layer);
    Matcher matcher = ROOT_HASH.matcher(exit.output());
    if (!matcher.find()) {
      throw new KilnException(
          KilnException.Kind.BUG,
          "veritysetup printed no root hash:\n" + exit.output(),
          "Report this");
    }
    return new Layer.Verity(new Digest(matcher.group(1)), offset);
  }

  private static String[] arguments(String layer, String file, long offset) {
    String salt = Digest.of("Kiln's salt of the layer " + layer).hex();
    return new String[] {
      "/sbin/veritysetup",
      "format",
      "--format=1",
      "--hash=sha256",
      "--data-block-size=" + BLOCK,
      "--hash-block-size=" + BLOCK,
      "--data-blocks=" + offset / BLOCK,
      "--hash-offset=" + offset,
      "--salt=" + salt,
      "--uuid=" + uuid(Digest.of("Kiln's UUID of the layer " + layer).hex()),
      file,
      file
    };
  }

  /** A version-8 UUID (RFC 9562, section 5.8) of a digest's first digits. */
  private static String uuid(String hex) {
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-8"
        + hex.substring(13, 16)
        + "-8"
        + hex.substring(17, 20)
        + "-"
        + hex.substring(20, 32);
  }
}
