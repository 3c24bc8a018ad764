package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.MacAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    return wanted()
        .filter(wanted -> offered(machine).noneMatch(wanted::equals))
        .map(wanted -> wanted.getKey() + " is not " + labels.get(wanted.getKey()))
        .findFirst();
  }

  /** The labels it names, each in the one form in which machines offer it. */
  Stream<Map.Entry<String, String>> wanted() {
    return labels.entrySet().stream()
        .map(label -> Map.entry(label.getKey(), uniform(label.getKey(), label.getValue())));
  }

  /** Every label that a machine has. */
  static Stream<Map.Entry<String, String>> offered(Machine machine) {
    return Stream.of(
            machine.labels().entrySet().stream(),
            Stream.of(Map.entry("name", machine.name())),
            machine.macs().stream().map(mac -> Map.entry("mac", mac.toString())),
            machine.uuid().stream().map(uuid -> Map.entry("uuid", uuid.text())),
            machine.serial().stream().map(serial -> Map.entry("serial", serial.text())))
        .flatMap(labels -> labels);
  }

  private static String uniform(String label, String value) {
    return switch (label) {
      case "mac" -> MacAddress.parse(value).toString();
      case "uuid" -> value.toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  @Override
  public String toString() {
    return labels.isEmpty() ? "every machine" : labels.toString();
  }
}
