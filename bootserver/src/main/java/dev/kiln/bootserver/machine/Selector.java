package dev.kiln.bootserver.machine;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Chooses machines: every label named must have exactly this value (matchbox's meaning). Besides a
 * machine's own labels there are {@code name}, {@code mac} (any of its cards), {@code uuid} and
 * {@code serial}, as its file says them. No labels choose every machine.
 */
public record Selector(Map<String, String> labels) {
  private static final Pattern LABEL =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._/-]{0,61}[a-zA-Z0-9])?");

  public Selector {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (labels.containsKey("mac")) {
      MacAddress.parse(labels.get("mac"));
    }
  }

  /** A label's name, or why it is none. */
  public static String label(String name) {
    if (!LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a label has 1 to 63 letters, digits and inner . _ / -, not '" + name + "'");
    }
    return name;
  }

  /** How many labels it names: more is more specific. */
  public int specificity() {
    return labels.size();
  }

  /** The first label that keeps a machine out, in words; empty where it is chosen. */
  public Optional<String> mismatch(Machine machine) {
    return labels.entrySet().stream()
        .filter(wanted -> !has(machine, wanted.getKey(), wanted.getValue()))
        .map(wanted -> wanted.getKey() + " is not " + wanted.getValue())
        .findFirst();
  }

  private static boolean has(Machine machine, String label, String value) {
    return switch (label) {
      case "name" -> machine.name().equals(value);
      case "mac" -> machine.macs().contains(MacAddress.parse(value));
      case "uuid" -> machine.uuid().filter(uuid -> uuid.text().equalsIgnoreCase(value)).isPresent();
      case "serial" -> machine.serial().filter(serial -> serial.text().equals(value)).isPresent();
      default -> value.equals(machine.labels().get(label));
    };
  }

  @Override
  public String toString() {
    return labels.isEmpty() ? "every machine" : labels.toString();
  }
}
