package dev.kiln.builder.debian;

import java.util.regex.Pattern;

/** Checks of what an index says about a file of its repository. */
final class RepositoryPath {
  /** Plain names between single slashes: nothing that a URL or a shell would read otherwise. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?:[A-Za-z0-9_+~:=,-][A-Za-z0-9._+~:=,-]*/)*[A-Za-z0-9_+~:=,-][A-Za-z0-9._+~:=,-]*");

  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

  private RepositoryPath() {}

  static String checked(String path) {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    if (!PLAIN.matcher(plain).matches()) {
      throw new IllegalArgumentException("'" + path + "' is no plain path below a repository");
    }
    return plain;
  }

  static long size(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size in bytes");
    }
    return Long.parseLong(text);
  }
}
