package dev.kiln.builder.kernel;

import com.github.luben.zstd.ZstdInputStream;
import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** A module or firmware, plain or compressed as the end of its name says (depmod(8)). */
final class CompressedFile {
  /** The ends of names; nothing first. */
  static final List<String> SUFFIXES = List.of("", ".xz", ".zst", ".gz");

  private static final int MOST_XZ_MEMORY_KIB = 128 << 10;

  private CompressedFile() {}

  /** The name without the end that tells of compression. */
  static String plainName(String name) {
    return SUFFIXES.stream()
        .filter(suffix -> !suffix.isEmpty() && name.endsWith(suffix))
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .findFirst()
        .orElse(name);
  }

  /**
   * What a file holds.
   *
   * @param most bytes; more are refused
   */
  static byte[] content(String name, byte[] file, int most) {
    try (InputStream in = open(name, file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw KilnException.input(
            name + " has more than " + most + " bytes", "Check the package that brings it");
      }
      return content;
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          name + " is not compressed as its name says: " + e.getMessage(),
          "Check the package that brings it",
          e);
    }
  }

  private static InputStream open(String name, byte[] file) throws IOException {
    InputStream in = new ByteArrayInputStream(file);
    if (name.endsWith(".xz")) {
      return new XZInputStream(in, MOST_XZ_MEMORY_KIB);
    }
    if (name.endsWith(".zst")) {
      return new ZstdInputStream(in);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
