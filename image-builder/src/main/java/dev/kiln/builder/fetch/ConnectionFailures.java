package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Words for the exceptions of java.net.http: many carry none, and those of others name classes and
 * calls that say nothing to who reads them.
 */
final class ConnectionFailures {
  private ConnectionFailures() {}

  // The JDK's own words, and all that it says of a CONNECT that was refused.
  private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: ([0-9]{3})");
  private static final int TRY_AGAIN_FROM = 500;

  /**
   * Explains what came of a request.
   *
   * @param proxy through which it went
   */
  static FailedAttempt explain(IOException failure, Optional<EnvironmentProxy> proxy) {
    if (failure instanceof FailedAttempt known) {
      return known;
    }
    FailedAttempt explained = explain(failure);
    if (proxy.isEmpty() || has(failure, SSLException.class)) {
      return explained;
    }
    boolean ofProxy = explained.reason() == Reason.UNREACHABLE || tunnel(failure).isPresent();
    return ofProxy ? explained.of(proxy.get()) : explained.through(proxy.get());
  }

  /** Explains what happened while an answer was read. */
  static FailedAttempt explain(IOException failure) {
    if (failure instanceof FailedAttempt known) {
      return known;
    }
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return new FailedAttempt(Reason.UNREACHABLE, "its host name is not known", failure);
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return new FailedAttempt(Reason.UNREACHABLE, "no connection in time", failure);
    }
    if (has(failure, NoRouteToHostException.class)) {
      return new FailedAttempt(Reason.UNREACHABLE, "no route to it", failure);
    }
    if (failure instanceof ConnectException) {
      return new FailedAttempt(Reason.UNREACHABLE, "no connection", failure);
    }
    if (failure instanceof HttpTimeoutException) {
      return new FailedAttempt(Reason.PASSING, "no answer in time", failure);
    }
    if (has(failure, SSLException.class)) {
      return new FailedAttempt(
          Reason.REFUSED,
          tls(failure) + " (SSL_CERT_FILE may name a file of certificates to trust instead)",
          failure);
    }
    return tunnel(failure)
        .map(status -> refusedTunnel(status, failure))
        .orElseGet(() -> new FailedAttempt(Reason.PASSING, "the connection broke", failure));
  }

  private static FailedAttempt refusedTunnel(int status, IOException failure) {
    Reason reason = status >= TRY_AGAIN_FROM ? Reason.PASSING : Reason.REFUSED;
    return new FailedAttempt(reason, "answered " + status, failure);
  }

  private static Optional<Integer> tunnel(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      Matcher status = TUNNEL.matcher(String.valueOf(t.getMessage()));
      if (status.find()) {
        return Optional.of(Integer.valueOf(status.group(1)));
      }
    }
    return Optional.empty();
  }

  private static String tls(Throwable failure) {
    if (has(failure, CertPathBuilderException.class)) {
      return "TLS failed: nobody who is trusted here vouches for its certificate";
    }
    if (has(failure, CertificateExpiredException.class)) {
      return "TLS failed: its certificate has expired";
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return "TLS failed: its certificate is of the future, or this machine's clock is wrong";
    }
    if (has(failure, CertificateException.class)) {
      return "TLS failed: its certificate is not for this host, or not a good one";
    }
    return has(failure, EOFException.class)
        ? "TLS failed: it ended the connection"
        : "TLS failed: it speaks no TLS that is safe, or none at all";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
