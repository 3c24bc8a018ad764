package dev.kiln.builder.deb;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Position;
import dev.kiln.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads control files (Debian Policy 5.1, deb822(5)): paragraphs of fields, separated by empty
 * lines. Lines that start with {@code #} are comments.
 */
public final class ControlFile {
  private static final Pattern NAME = Pattern.compile("[!-9;-~&&[^#-]][!-9;-~]*");
  private static final int MOST_FIELDS = 200;

  private final String name;
  private final List<ControlParagraph> paragraphs = new ArrayList<>();
  private final Map<String, StringBuilder> fields = new LinkedHashMap<>();
  private int start;
  private StringBuilder value = new StringBuilder();

  private ControlFile(String name) {
    this.name = name;
  }

  /**
   * Reads the whole text; who calls bounds its size.
   *
   * @param name what errors call it
   */
  public static List<ControlParagraph> parse(String name, String text) {
    ControlFile file = new ControlFile(name);
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      file.read(i + 1, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    file.endParagraph();
    return List.copyOf(file.paragraphs);
  }

  /** Reads a text that must be exactly one paragraph. */
  public static ControlParagraph parseOne(String name, String text) {
    List<ControlParagraph> all = parse(name, text);
    if (all.size() != 1) {
      throw KilnException.input(
          name + " must be one paragraph of fields, not " + all.size(), "Get it again");
    }
    return all.get(0);
  }

  private void read(int number, String line) {
    if (line.isBlank()) {
      endParagraph();
    } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      if (fields.isEmpty()) {
        throw refusal(number, "this line continues a field, but none was started");
      }
      value.append('\n').append(line.strip());
    } else if (line.charAt(0) != '#') {
      startField(number, line);
    }
  }

  private void startField(int number, String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !NAME.matcher(line.substring(0, colon)).matches()) {
      throw refusal(number, "a line must be 'Name: value', or start with a blank");
    }
    if (fields.isEmpty()) {
      start = number;
    }
    value = new StringBuilder(line.substring(colon + 1).strip());
    String field = line.substring(0, colon);
    if (fields.put(field.toLowerCase(Locale.ROOT), value) != null) {
      throw refusal(number, "the field '" + field + "' stands twice");
    }
    if (fields.size() > MOST_FIELDS) {
      throw refusal(number, "more than " + MOST_FIELDS + " fields in one paragraph");
    }
  }

  private void endParagraph() {
    if (!fields.isEmpty()) {
      Map<String, String> finished = new LinkedHashMap<>();
      fields.forEach((field, text) -> finished.put(field, text.toString()));
      paragraphs.add(new ControlParagraph(start, finished));
      fields.clear();
    }
  }

  private KilnException refusal(int number, String what) {
    return new KilnException(
        KilnException.Kind.INPUT, List.of(Problem.at(new Position(name, number), what, "")), null);
  }
}
