package dev.kiln.lock;

import java.util.regex.Pattern;

/** A path below a repository's root, as a lock names it. */
final class RepositoryPath {
  /** Nothing that an address or a shell would read otherwise. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9._+~:=,-]+(?:/[A-Za-z0-9._+~:=,-]+)*");

  private RepositoryPath() {}

  /**
   * Gives the path back.
   *
   * @param of whose path it is, for the message
   * @throws IllegalArgumentException where it leaves its repository, or is no plain path
   */
  static String checked(String path, String of) {
    if (!PLAIN.matcher(path).matches() || ("/" + path + "/").contains("/../")) {
      throw new IllegalArgumentException(
          "the path '" + path + "' of " + of + " leaves its repository, or is no plain path");
    }
    return path;
  }
}
