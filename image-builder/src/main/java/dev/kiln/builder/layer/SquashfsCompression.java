package dev.kiln.builder.layer;

import dev.kiln.builder.kernel.Codec;
import java.util.List;
import java.util.Locale;

/** How a layer's blocks are compressed: by what the kernel that mounts it can read. */
public enum SquashfsCompression {
  /** Linux 4.14 and newer; the fastest to write and to read. */
  ZSTD("-Xcompression-level", "3"),
  /** Linux 2.6.38 and newer; the smallest, and by far the slowest. */
  XZ("-Xdict-size", "100%"),
  /** Every Linux that has squashfs. */
  GZIP("-Xcompression-level", "6");

  private final String option;
  private final String value;

  SquashfsCompression(String option, String value) {
    this.option = option;
    this.value = value;
  }

  /** As the kernel that mounts the layer wants it. */
  public static SquashfsCompression of(Codec codec) {
    return switch (codec) {
      case ZSTD -> ZSTD;
      case XZ -> XZ;
      case GZIP -> GZIP;
    };
  }

  /** Its name, for keys and for mksquashfs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As mksquashfs wants it. */
  List<String> options() {
    return List.of("-comp", word(), option, value, "-noX");
  }
}
