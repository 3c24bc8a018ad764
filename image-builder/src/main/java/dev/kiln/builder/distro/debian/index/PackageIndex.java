package dev.kiln.builder.distro.debian.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Packages index (Debian repository format) in one pass, as apt does, keeping of each
 * paragraph only the fields that Kiln uses: names in any case, blanks around the colon, values on
 * several lines; of a field that stands twice the last counts.
 */
public final class PackageIndex {
  /** Besides those that decide what goes together: what apt goes by, and what is fetched. */
  private static final Map<String, String> USED =
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
          .collect(Collectors.toUnmodifiableMap(PackageIndex::lower, Function.identity()));

  private static final Set<String> LOWER = Set.of("Package", "SHA256");

  private final PackageOrigin origin;
  private final List<IndexEntry> entries = new ArrayList<>();
  private final Map<String, StringBuilder> fields = new LinkedHashMap<>();
  private @Nullable StringBuilder value;
  private boolean inside;

  private PackageIndex(PackageOrigin origin) {
    this.origin = origin;
  }

  /**
   * Reads to the end; who calls bounds the stream. Nothing is checked before it is asked for: of
   * tens of thousands of entries one may be wrong that nobody wants.
   */
  public static List<IndexEntry> read(InputStream in, PackageOrigin origin) throws IOException {
    PackageIndex index = new PackageIndex(origin);
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
      if (value != null) {
        value.append(' ').append(line.strip());
      }
    } else {
      startField(line);
    }
  }

  private void startField(String line) {
    inside = true;
    int colon = line.indexOf(':');
    String field = colon < 0 ? null : USED.get(lower(line.substring(0, colon).strip()));
    value = field == null ? null : new StringBuilder(line.substring(colon + 1).strip());
    if (field != null) {
      fields.put(field, value);
    }
  }

  private void endParagraph() {
    if (inside) {
      entries.add(
          new IndexEntry(
              valueOf("Package"), valueOf("Version"), valueOf("Provides"), text(), origin));
      fields.clear();
      value = null;
      inside = false;
    }
  }

  /** apt and dpkg know a package by its name in lower case, and compare digests in any. */
  private String valueOf(String field) {
    StringBuilder found = fields.get(field);
    String words = found == null ? "" : found.toString().strip();
    return LOWER.contains(field) ? lower(words) : words;
  }

  private String text() {
    StringBuilder text = new StringBuilder("\n");
    for (String field : fields.keySet()) {
      String words = valueOf(field);
      if (!words.isEmpty()) {
        text.append(field).append(": ").append(words).append('\n');
      }
    }
    return text.toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
