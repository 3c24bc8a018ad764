package dev.kiln.builder.gomod;

import dev.kiln.builder.fetch.Addresses;
import dev.kiln.failure.KilnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which checksum database is asked, and of what, as Go's own settings say
 * (https://go.dev/ref/mod#environment-variables, {@code GOSUMDB}, {@code GONOSUMDB}, {@code
 * GOPRIVATE}).
 *
 * @param key of the database; empty where none is asked
 * @param address of its own, asked instead of the proxies; empty where those are asked first
 * @param whyNone why none is asked, where none is
 * @param unasked patterns of the modules it is not asked of
 */
public record ChecksumSettings(
    Optional<NoteKey> key, Optional<URI> address, String whyNone, List<String> unasked) {
  private static final String PUBLIC =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  /** Where none is asked. */
  static final ChecksumSettings NONE = none("no checksum database is named");

  public ChecksumSettings {
    unasked = List.copyOf(unasked);
  }

  private static ChecksumSettings none(String why) {
    return new ChecksumSettings(Optional.empty(), Optional.empty(), why, List.of());
  }

  /**
   * Reads them.
   *
   * @throws KilnException of kind INPUT where GOSUMDB is what Go could not read either
   */
  static ChecksumSettings of(GoSettings settings) {
    GoSettings.Setting database =
        settings.of("GOSUMDB").orElse(new GoSettings.Setting("sum.golang.org", "Go's default"));
    String[] words = database.value().split("\\s+");
    Optional<String> address = Stream.of(words).skip(1).findFirst();
    return switch (words[0]) {
      case "off" -> none(database.from() + " is off");
      case "sum.golang.org" -> of(PUBLIC, address, settings);
      // Its other name, where the first cannot be reached.
      case "sum.golang.google.cn" ->
          of(PUBLIC, address.or(() -> Optional.of("https://sum.golang.google.cn")), settings);
      default ->
          words[0].contains("+")
              ? of(words[0], address, settings)
              : none(database.from() + " names a database whose key is not known");
    };
  }

  private static ChecksumSettings of(String key, Optional<String> address, GoSettings settings) {
    return new ChecksumSettings(
        Optional.of(NoteKey.parse(key)),
        address.map(ChecksumSettings::address),
        "",
        settings
            .of("GONOSUMDB")
            .or(() -> settings.of("GOPRIVATE"))
            .map(setting -> List.of(setting.value().split(",")))
            .orElse(List.of()));
  }

  private static URI address(String text) {
    try {
      return new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw KilnException.input(
          "GOSUMDB: '" + Addresses.shown(text) + "' is no address", "Write https://HOST");
    }
  }

  /** Why the database is not asked of a module; empty where it is. */
  Optional<String> whyUnasked(String module) {
    if (key.isEmpty()) {
      return Optional.of(whyNone);
    }
    return unasked.stream()
        .map(pattern -> pattern.strip().replaceAll("/+$", ""))
        .filter(pattern -> !pattern.isEmpty() && isBegunBy(module, pattern))
        .findFirst()
        .map(pattern -> "GONOSUMDB or GOPRIVATE has '" + pattern + "'");
  }

  /** A pattern stands for the first elements of a path, as many as it has itself. */
  private static boolean isBegunBy(String module, String pattern) {
    FileSystem files = FileSystems.getDefault();
    int elements = pattern.split("/").length;
    Path path = files.getPath(module);
    try {
      return path.getNameCount() >= elements
          && files.getPathMatcher("glob:" + pattern).matches(path.subpath(0, elements));
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
