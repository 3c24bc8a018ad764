package dev.kiln.builder.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The name and password in an address, as a request carries them (RFC 7617). They are sent at once:
 * who wrote them there means that host to have them, and nobody else gets them.
 */
final class BasicCredentials {
  private BasicCredentials() {}

  /** The value of an Authorization header; empty where nobody is named. */
  static Optional<String> of(URI address) {
    // Percent-encoded or not, as RFC 3986, section 2.1, has it.
    return Optional.ofNullable(address.getUserInfo())
        .map(user -> user.contains(":") ? user : user + ":")
        .map(user -> user.getBytes(StandardCharsets.UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
  }
}
