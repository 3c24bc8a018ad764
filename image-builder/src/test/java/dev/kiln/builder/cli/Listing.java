package dev.kiln.builder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a tree holds, as far as it does not depend on the version of a tool or of the host's
 * libraries.
 */
final class Listing {
  private static final String FOREIGN =
      "(usr/)?(lib(64)?(/[a-z0-9_]+-linux-gnu)?(/.*\\.so[.0-9]*)?|var/lib/dpkg/.*)";

  private final Path root;

  /** Whether a name is of a library, a library's directory, or dpkg's own. */
  static boolean isForeign(String name) {
    return name.matches(FOREIGN);
  }

  Listing(Path root) {
    this.root = root;
  }

  /** Type, mode, owner and link of each path. */
  String files() {
    return paths()
        .map(path -> name(path) + " " + attributes(path, "mode,uid,gid") + target(path))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  String names() {
    return paths().map(this::name).sorted().collect(Collectors.joining("\n"));
  }

  /** Each path, and the permissions of files; directories have what the umask leaves them. */
  String permissions() {
    return paths()
        .map(path -> name(path) + (Files.isDirectory(path) ? "/" : " " + attributes(path, "mode")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** The time of each path. */
  String times() {
    return paths()
        .map(path -> name(path) + " " + attributes(path, "lastModifiedTime"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private Stream<Path> paths() {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !isForeign(name(path))).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same in every locale. */
  private String name(Path path) {
    return root.relativize(path).toString().replaceAll("[^ -~]+", "?");
  }

  private static Map<String, Object> attributes(Path path, String names) {
    try {
      return new TreeMap<>(Files.readAttributes(path, "unix:" + names, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String target(Path path) {
    try {
      return Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
