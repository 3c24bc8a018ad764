package dev.kiln.builder.deb;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of one paragraph of a control file (Debian Policy 5.1). Names are compared without
 * regard to case.
 *
 * @param line where the paragraph starts, from 1
 * @param fields by lower-case name; the lines of a value are separated by {@code \n}
 */
public record ControlParagraph(int line, Map<String, String> fields) {
  private static final Set<String> YES = Set.of("yes", "true", "with", "on", "enable", "1");

  public ControlParagraph {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException with a sentence that names the field
   */
  public String require(String name) {
    return field(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  public boolean isYes(String name) {
    return field(name).filter(ControlParagraph::isYesWord).isPresent();
  }

  /** Whether apt reads this word as yes. */
  public static boolean isYesWord(String word) {
    return YES.contains(word.toLowerCase(Locale.ROOT));
  }
}
