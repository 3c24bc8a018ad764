package dev.kiln.builder.mirror;

import dev.kiln.builder.fetch.Addresses;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a mirror of a repository lies, as a person or another program writes it. */
public final class MirrorRoot {
  private MirrorRoot() {}

  /**
   * Reads one: http or https with a host, or file with a path.
   *
   * @return without a slash at its end: an address below it begins with one
   * @throws IllegalArgumentException that shows no password of it
   */
  public static URI parse(String text) {
    try {
      URI root = new URI(text.replaceAll("/+$", ""));
      boolean web = "http".equals(root.getScheme()) || "https".equals(root.getScheme());
      boolean file = "file".equals(root.getScheme());
      if (web ? root.getHost() != null : file && !root.getPath().isEmpty()) {
        return root;
      }
    } catch (URISyntaxException e) {
      // Its message would show all of it.
    }
    throw new IllegalArgumentException(
        "'"
            + Addresses.shown(text)
            + "' is not where a mirror lies: write http://HOST/PATH, https://HOST/PATH or"
            + " file:///PATH");
  }
}
