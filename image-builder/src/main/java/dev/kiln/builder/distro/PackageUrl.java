package dev.kiln.builder.distro;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A package URL (ECMA-427), the name by which vulnerability scanners know a package.
 *
 * @param type such as {@code deb}
 * @param namespace such as {@code debian}; empty where the type has none
 * @param qualifiers by name
 */
public record PackageUrl(
    String type,
    String namespace,
    String name,
    String version,
    SortedMap<String, String> qualifiers) {
  /** Everything else is percent-encoded (ECMA-427, section 5.4). */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~:";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  public PackageUrl {
    qualifiers = Collections.unmodifiableSortedMap(new TreeMap<>(qualifiers));
  }

  /** Of what no package manager knows. */
  public static PackageUrl generic(String name, String version) {
    return new PackageUrl("generic", "", name, version, new TreeMap<>());
  }

  /**
   * Of a Go module, whose path is written in small letters (the type {@code golang} of the purl
   * specification).
   */
  public static PackageUrl golang(String module, String version) {
    String path = module.toLowerCase(Locale.ROOT);
    int last = path.lastIndexOf('/');
    return new PackageUrl(
        "golang",
        last < 0 ? "" : path.substring(0, last),
        path.substring(last + 1),
        version,
        new TreeMap<>());
  }

  /** Its canonical form. */
  @Override
  public String toString() {
    String query =
        qualifiers.entrySet().stream()
            .map(each -> each.getKey() + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return "pkg:"
        + type
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + encode(name)
        + "@"
        + encode(version)
        + (query.isEmpty() ? "" : "?" + query);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HEX.toHexDigits(each));
      }
    }
    return encoded.toString();
  }
}
