package dev.kiln.builder.kernel;

import dev.kiln.failure.KilnException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The best compression of layers and of the initrd that a kernel can read.
 *
 * @param squashfs of layers
 * @param initrd of the initrd
 * @param evidence how this is known
 */
public record KernelCodecs(Codec squashfs, Codec initrd, Evidence evidence) {
  /** How it is known what a kernel can read. */
  public enum Evidence {
    /** The kernel's own configuration says so. */
    CONFIGURATION,
    /** Kernels of this version can, unless their maker took it away. */
    VERSION
  }

  private static final Pattern VERSION = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})(?!\\d)");

  /** For the log of a bake. */
  public String words() {
    String source =
        evidence == Evidence.CONFIGURATION
            ? "its configuration says so"
            : "kernels of its version do; no package brings its configuration";
    return "the kernel reads layers in %s and an initrd in %s: %s"
        .formatted(lower(squashfs), lower(initrd), source);
  }

  private static String lower(Codec codec) {
    return codec.name().toLowerCase(Locale.ROOT);
  }

  /**
   * As the kernel's configuration says.
   *
   * @param where it was read, for the message
   */
  static KernelCodecs of(KernelConfig config, String where) {
    return new KernelCodecs(
        squashfs(config)
            .orElseThrow(
                () ->
                    unreadable(
                        where,
                        "layers: CONFIG_SQUASHFS and one of CONFIG_SQUASHFS_ZSTD, _XZ, _ZLIB")),
        initrd(config)
            .orElseThrow(
                () ->
                    unreadable(
                        where,
                        "the initrd: CONFIG_BLK_DEV_INITRD and one of CONFIG_RD_ZSTD, _XZ, _GZIP")),
        Evidence.CONFIGURATION);
  }

  /** As kernels of this version usually are, where no package says more. */
  public static KernelCodecs ofRelease(String release) {
    return new KernelCodecs(
        isSince(release, 4, 14) ? Codec.ZSTD : Codec.GZIP,
        isSince(release, 5, 9) ? Codec.ZSTD : Codec.GZIP,
        Evidence.VERSION);
  }

  private static Optional<Codec> squashfs(KernelConfig config) {
    // Kernels before 3.13 have no option for zlib: whoever has squashfs has it.
    boolean zlib = config.has("CONFIG_SQUASHFS_ZLIB") || !config.knows("CONFIG_SQUASHFS_ZLIB");
    return config.has("CONFIG_SQUASHFS")
        ? best(codec -> codec == Codec.GZIP ? zlib : config.has("CONFIG_SQUASHFS_" + codec))
        : Optional.empty();
  }

  private static Optional<Codec> initrd(KernelConfig config) {
    return config.has("CONFIG_BLK_DEV_INITRD")
        ? best(codec -> config.has("CONFIG_RD_" + codec))
        : Optional.empty();
  }

  private static Optional<Codec> best(Predicate<Codec> readable) {
    return Stream.of(Codec.values()).filter(readable).findFirst();
  }

  private static KilnException unreadable(String where, String what) {
    return KilnException.input(
        "/" + where + " says that the image's kernel cannot read " + what,
        "Name another kernel in the profile's packages");
  }

  private static boolean isSince(String release, int major, int minor) {
    Matcher version = VERSION.matcher(release);
    if (!version.find()) {
      return false;
    }
    int first = Integer.parseInt(version.group(1));
    return first > major || (first == major && Integer.parseInt(version.group(2)) >= minor);
  }
}
