package dev.kiln.builder.deb;

import java.util.List;

/**
 * A root where {@code /bin} and the like are links into {@code /usr} (file-hierarchy(7)). Packages
 * of older releases still name their files {@code ./bin/x}; the first unpack must not make a
 * directory of it.
 *
 * @param directories that are links, such as {@code bin} and {@code lib64}
 */
public record MergedUsr(List<String> directories) {
  public MergedUsr {
    directories = List.copyOf(directories);
  }

  /** The links that Debian makes for an architecture. */
  public static MergedUsr of(String architecture) {
    return switch (architecture) {
      case "amd64" -> new MergedUsr(List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32"));
      case "i386" -> new MergedUsr(List.of("bin", "sbin", "lib", "lib64", "libx32"));
      case "ppc64el", "loong64" -> new MergedUsr(List.of("bin", "sbin", "lib", "lib64"));
      case "s390x" -> new MergedUsr(List.of("bin", "sbin", "lib", "lib32"));
      default -> new MergedUsr(List.of("bin", "sbin", "lib"));
    };
  }

  /** The plain path at which a file really lies. */
  String real(String path) {
    int slash = path.indexOf('/');
    String top = slash < 0 ? path : path.substring(0, slash);
    return directories.contains(top) ? "usr/" + path : path;
  }

  boolean isLink(String path) {
    return directories.contains(path);
  }
}
