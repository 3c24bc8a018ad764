package dev.kiln.builder.distro.debian.index;

import dev.kiln.failure.KilnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Packages index (Debian repository format) in one pass, keeping of each paragraph only the
 * lines that Kiln uses.
 */
public final class PackageIndex {
  /** Besides those that decide what goes together: what apt goes by, and what is fetched. */
  private static final Set<String> USED =
      Stream.concat(
              RelationFields.NAMES.stream(),
              Stream.of(
                  "Package",
                  "Version",
                  "Architecture",
                  "Replaces",
                  "Enhances",
                  "Filename",
                  "Size",
                  "SHA256"))
          .collect(Collectors.toUnmodifiableSet());

  private final String name;
  private final PackageOrigin origin;
  private final List<IndexEntry> entries = new ArrayList<>();
  private final StringBuilder text = new StringBuilder("\n");
  private @Nullable String packageName;
  private @Nullable String version;
  private boolean keeping;

  private PackageIndex(String name, PackageOrigin origin) {
    this.name = name;
    this.origin = origin;
  }

  /**
   * Reads to the end; who calls bounds the stream.
   *
   * @param name what errors call the index
   */
  public static List<IndexEntry> read(String name, InputStream in, PackageOrigin origin)
      throws IOException {
    PackageIndex index = new PackageIndex(name, origin);
    // The used fields are ASCII: one byte a character keeps reading fast and memory small.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 16);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      index.read(line);
    }
    index.endParagraph();
    return index.entries;
  }

  private void read(String line) {
    if (line.isEmpty()) {
      endParagraph();
    } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      if (keeping) {
        text.setLength(text.length() - 1);
        text.append(' ').append(line.strip()).append('\n');
      }
    } else {
      startField(line);
    }
  }

  private void startField(String line) {
    int colon = line.indexOf(": ");
    String field = colon < 0 ? "" : line.substring(0, colon);
    keeping = USED.contains(field);
    if (keeping) {
      text.append(line).append('\n');
      if (field.equals("Package")) {
        packageName = line.substring(colon + 2).strip();
      } else if (field.equals("Version")) {
        version = line.substring(colon + 2).strip();
      }
    }
  }

  private void endParagraph() {
    keeping = false;
    if (text.length() == 1) {
      return;
    }
    if (packageName == null || version == null) {
      throw KilnException.input(
          name + " has a paragraph without Package or Version, after " + entries.size() + " others",
          "Use another mirror");
    }
    entries.add(new IndexEntry(packageName, version, provides(), text.toString(), origin));
    text.setLength(1);
    packageName = null;
    version = null;
  }

  private String provides() {
    int start = text.indexOf("\nProvides: ");
    return start < 0
        ? ""
        : text.substring(start + "\nProvides: ".length(), text.indexOf("\n", start + 1));
  }
}
