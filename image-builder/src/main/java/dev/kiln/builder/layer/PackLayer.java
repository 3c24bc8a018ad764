package dev.kiln.builder.layer;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.Exit;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packs a tree as a layer: mksquashfs, then veritysetup appends the hash tree to the same file.
 * Both tools are the kit's. The same tree, key and epoch give the same bytes.
 */
public final class PackLayer {
  /** Hashed into every layer's key: change it when the bytes of equal inputs change. */
  public static final String FORMAT = "squashfs zstd-3 128K, verity 1 sha256 4096, description 2";

  private static final int BLOCK = 4096;
  private static final Pattern ROOT_HASH = Pattern.compile("(?m)^Root hash:\\s+([0-9a-f]{64})$");

  private final Kit kit;
  private final Instant epoch;

  /**
   * Prepares to pack.
   *
   * @param epoch no file of a layer is younger than this
   */
  public PackLayer(Kit kit, Instant epoch) {
    this.kit = kit;
    this.epoch = epoch;
  }

  /**
   * Packs {@code tree} into {@code entry}, a directory of the cache that is being made.
   *
   * @param squashfsOptions what this layer asks of mksquashfs besides the usual
   */
  public void pack(
      String name, Digest key, ImageTree tree, Path entry, List<String> squashfsOptions) {
    try {
      Path file = entry.resolve(PackedLayer.FILE);
      makeSquashfs(tree, entry, squashfsOptions);
      long hashOffset = Files.size(file);
      Digest rootHash = appendHashTree(name, key, entry, hashOffset);
      PackedLayer.describe(entry, name, new Layer.Verity(rootHash, hashOffset));
    } catch (IOException e) {
      throw KilnException.io("write the layer " + name, e);
    }
  }

  private void makeSquashfs(ImageTree tree, Path entry, List<String> options) {
    Command command =
        kit.command(
                "/usr/bin/mksquashfs",
                "/run/tree",
                "/run/layer/" + PackedLayer.FILE,
                "-comp",
                "zstd",
                "-Xcompression-level",
                "3",
                "-b",
                "131072",
                "-noappend",
                "-no-progress",
                "-quiet")
            .and(options)
            .with("SOURCE_DATE_EPOCH", Long.toString(epoch.getEpochSecond()))
            .with(Bind.readOnly(tree, "/run/tree"))
            .with(Bind.writable(entry, "/run/layer"));
    kit.sandbox().run(command).orFail("pack a layer as squashfs");
  }

  private Digest appendHashTree(String name, Digest key, Path entry, long hashOffset) {
    String salt = new LayerKey("verity salt").add(name, key).digest().hex();
    String file = "/run/layer/" + PackedLayer.FILE;
    Exit exit =
        kit.sandbox()
            .run(
                kit.command(
                        "/sbin/veritysetup",
                        "format",
                        "--format=1",
                        "--hash=sha256",
                        "--data-block-size=" + BLOCK,
                        "--hash-block-size=" + BLOCK,
                        "--data-blocks=" + hashOffset / BLOCK,
                        "--hash-offset=" + hashOffset,
                        "--salt=" + salt,
                        "--uuid=" + uuid(salt),
                        file,
                        file)
                    .with(Bind.writable(entry, "/run/layer")));
    exit.orFail("make the hash tree of layer " + name);
    Matcher matcher = ROOT_HASH.matcher(exit.output());
    if (!matcher.find()) {
      throw new KilnException(
          KilnException.Kind.BUG,
          "veritysetup printed no root hash:\n" + exit.output(),
          "Report this");
    }
    return new Digest(matcher.group(1));
  }

  /** A version-8 UUID (RFC 9562, section 5.8) of the salt's first digits. */
  private static String uuid(String salt) {
    return salt.substring(0, 8)
        + "-"
        + salt.substring(8, 12)
        + "-8"
        + salt.substring(13, 16)
        + "-8"
        + salt.substring(17, 20)
        + "-"
        + salt.substring(20, 32);
  }
}
