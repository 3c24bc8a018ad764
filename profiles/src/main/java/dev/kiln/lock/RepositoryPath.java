package dev.kiln.lock;

import dev.kiln.failure.Shown;
import java.util.regex.Pattern;

/** A path below a repository's root, as an index or a lock names it. */
public final class RepositoryPath {
  private static final String NAME = "[A-Za-z0-9_+~^:=,@%-][A-Za-z0-9._+~^:=,@%-]*";

  /**
   * Plain names between single slashes, nothing that a shell would read otherwise. Each character
   * stands for itself, also the percent sign: an address has to escape it.
   */
  private static final Pattern PLAIN = Pattern.compile("(?:" + NAME + "/)*" + NAME);

  private RepositoryPath() {}

  /**
   * Gives the path back.
   *
   * @param of whose path it is, for the message
   * @throws IllegalArgumentException where it leaves its repository, or is no plain path
   */
  public static String checked(String path, String of) {
    if (!PLAIN.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "the path '"
              + Shown.of(path, 200)
              + "' of "
              + of
              + " leaves its repository, or is no plain path");
    }
    return path;
  }
}
