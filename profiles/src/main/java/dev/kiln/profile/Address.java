package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.net.URI;
import java.net.URISyntaxException;

/** The addresses of a profile: absolute http or https URLs (RFC 3986) without user or fragment. */
final class Address {
  private Address() {}

  static boolean isOne(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static URI parse(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal(text, "is not a URL");
    }
    String scheme = address.getScheme();
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw refusal(text, "does not begin with https:// or http://");
    }
    if (address.getHost() == null) {
      throw refusal(text, "names no host");
    }
    if (address.getRawUserInfo() != null) {
      throw refusal(text.replaceAll("//.*@", "//…@"), "carries a user or password");
    }
    if (address.getRawFragment() != null) {
      throw refusal(text, "has a fragment (#)");
    }
    return address;
  }

  private static IllegalArgumentException refusal(String text, String why) {
    return new IllegalArgumentException(
        "'" + Shown.of(text) + "' " + why + ": write https://host/path");
  }
}
