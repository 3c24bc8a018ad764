package dev.kiln.builder.fetch;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names and passwords for those who ask (RFC 7617): a proxy gets those of its variable, a mirror
 * those in its own address, nobody else's and not where a redirect leads.
 */
final class Credentials extends Authenticator {
  private final EnvironmentProxies proxies;

  Credentials(EnvironmentProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    Optional<String> userInfo =
        getRequestorType() == RequestorType.PROXY
            ? proxies.userInfo(getRequestingHost())
            : Optional.ofNullable(getRequestingURL()).map(URL::getUserInfo);
    return userInfo.map(Credentials::password).orElse(null);
  }

  private static PasswordAuthentication password(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
  }

  /** RFC 3986, section 2.1. */
  private static String decoded(String percentEncoded) {
    return String.valueOf(URI.create("//" + percentEncoded + "@host").getUserInfo());
  }
}
