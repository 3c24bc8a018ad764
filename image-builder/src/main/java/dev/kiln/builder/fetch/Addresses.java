package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import java.net.URI;
import java.util.Locale;

/** Which addresses can be fetched, and how they are shown. */
public final class Addresses {
  /** Characters; longer ones are cut where they are shown. */
  private static final int LENGTH = 400;

  private Addresses() {}

  static void requireSupported(URI address) {
    boolean web = isWeb(address) && address.getHost() != null;
    boolean file = isFile(address) && address.getPath() != null;
    if (!web && !file) {
      throw KilnException.input(
          "the address '" + shown(address) + "' cannot be fetched",
          "Write one that begins with http://, https:// or file:///");
    }
  }

  static boolean isFile(URI address) {
    return scheme(address).equals("file");
  }

  static boolean isWeb(URI address) {
    return scheme(address).equals("http") || scheme(address).equals("https");
  }

  static String scheme(URI address) {
    return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** A key of the host and port that would be connected to. */
  static String host(URI address) {
    return scheme(address) + "://" + address.getHost() + ":" + address.getPort();
  }

  /** The address without a user and a password that may be in it. */
  public static String shown(URI address) {
    return shown(address.toString());
  }

  /** The same of what need not be an address (RFC 3986, section 3.2). */
  public static String shown(String text) {
    return Shown.of(text.replaceFirst("//[^/?#]*@", "//"), LENGTH);
  }
}
