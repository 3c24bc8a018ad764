package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.file.Digest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hash {@code h1:} of Go's checksum files (https://go.dev/ref/mod#go-sum-files): SHA-256, in
 * Base64, of a list of files with their own SHA-256.
 */
final class ModuleHash {
  private ModuleHash() {}

  /** Of a {@code go.mod}, which is hashed as a list of one. */
  static String ofMod(byte[] content) {
    return of(new TreeMap<>(Map.of("go.mod", Digest.of(content))));
  }

  /**
   * Of the files of a module.
   *
   * @param files by their names in the archive, sorted by their bytes in UTF-8
   */
  static String of(SortedMap<String, Digest> files) {
    StringBuilder list = new StringBuilder();
    files.forEach((name, digest) -> list.append(digest.hex() + "  " + name + "\n"));
    String hex = Digest.of(list.toString().getBytes(UTF_8)).hex();
    return "h1:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
