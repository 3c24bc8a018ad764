package dev.kiln.builder.distro.debian.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Packages index (Debian repository format) in one pass, as apt does, keeping of each
 * paragraph only the fields that Kiln uses: names in any case, blanks around the colon, values on
 * several lines; of a field that stands twice the last counts.
 */
public final class PackageIndex {
  private final PackageOrigin origin;
  private final List<IndexEntry> entries = new ArrayList<>();
  private final String[] values = new String[UsedFields.NAMES.size()];
  private final StringBuilder text = new StringBuilder();
  private int field = UsedFields.NONE;
  private @Nullable StringBuilder folded;
  private boolean inside;

  private PackageIndex(PackageOrigin origin) {
    this.origin = origin;
    Arrays.fill(values, "");
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
      fold(line);
    } else {
      endField();
      startField(line);
    }
  }

  private void startField(String line) {
    inside = true;
    int colon = line.indexOf(':');
    field = colon < 0 ? UsedFields.NONE : UsedFields.find(line, colon);
    if (field != UsedFields.NONE) {
      values[field] = UsedFields.value(line, colon);
    }
  }

  private void fold(String line) {
    if (field != UsedFields.NONE) {
      folded = folded == null ? new StringBuilder(values[field]) : folded;
      folded.append(' ').append(line.strip());
    }
  }

  private void endField() {
    if (folded != null) {
      values[field] = folded.toString().strip();
      folded = null;
    }
    field = UsedFields.NONE;
  }

  private void endParagraph() {
    if (inside) {
      endField();
      entries.add(entry());
      Arrays.fill(values, "");
      inside = false;
    }
  }

  /** apt and dpkg know a package by its name in lower case, and compare digests in any. */
  private IndexEntry entry() {
    lower(UsedFields.PACKAGE);
    lower(UsedFields.SHA256);
    return new IndexEntry(
        values[UsedFields.PACKAGE],
        values[UsedFields.VERSION],
        values[UsedFields.PROVIDES],
        text(),
        origin);
  }

  private void lower(int each) {
    values[each] = values[each].toLowerCase(Locale.ROOT);
  }

  private String text() {
    text.setLength(0);
    text.append('\n');
    for (int each = 0; each < values.length; each++) {
      if (!values[each].isEmpty()) {
        text.append(UsedFields.NAMES.get(each)).append(": ").append(values[each]).append('\n');
      }
    }
    return text.toString();
  }
}
