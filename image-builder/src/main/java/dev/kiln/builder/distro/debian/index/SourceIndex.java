package dev.kiln.builder.distro.debian.index;

import dev.kiln.builder.deb.ControlFile;
import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks for one source package in a Sources index (Debian repository format). */
public final class SourceIndex {
  private SourceIndex() {}

  /**
   * Reads until the package is found; who calls bounds the stream.
   *
   * @param index what errors call it
   */
  public static Optional<SourceEntry> find(
      String index, InputStream in, String name, String version) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 16);
    StringBuilder paragraph = new StringBuilder();
    boolean wanted = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (wanted && hasVersion(paragraph, version)) {
          break;
        }
        paragraph.setLength(0);
        wanted = false;
      } else {
        wanted |= line.equals("Package: " + name);
        paragraph.append(line).append('\n');
      }
    }
    return wanted && hasVersion(paragraph, version)
        ? Optional.of(read(index, paragraph.toString()))
        : Optional.empty();
  }

  private static boolean hasVersion(StringBuilder paragraph, String version) {
    return paragraph.indexOf("\nVersion: " + version + "\n") >= 0;
  }

  private static SourceEntry read(String index, String paragraph) {
    ControlParagraph fields = ControlFile.parseOne(index, paragraph);
    try {
      return SourceEntry.of(fields);
    } catch (IllegalArgumentException e) {
      throw KilnException.input(
          index + " has a wrong entry for " + fields.require("Package") + ": " + e.getMessage(),
          "Use another mirror");
    }
  }
}
