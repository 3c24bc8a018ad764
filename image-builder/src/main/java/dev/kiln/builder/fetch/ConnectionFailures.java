package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for the exceptions of java.net.http, many of which carry none. */
final class ConnectionFailures {
  private ConnectionFailures() {}

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
      return new FailedAttempt(Reason.UNREACHABLE, words("no connection", failure), failure);
    }
    if (failure instanceof HttpTimeoutException) {
      return new FailedAttempt(Reason.PASSING, "no answer in time", failure);
    }
    if (failure instanceof SSLException) {
      return new FailedAttempt(
          Reason.REFUSED,
          words("TLS failed", failure)
              + " (SSL_CERT_FILE may name a file of certificates to trust instead)",
          failure);
    }
    if (String.valueOf(failure.getMessage()).startsWith("too many authentication attempts")) {
      return new FailedAttempt(Reason.REFUSED, "refuses the name and password given", failure);
    }
    return new FailedAttempt(Reason.PASSING, words("the connection broke", failure), failure);
  }

  private static String words(String what, Throwable failure) {
    String detail = failure.getMessage();
    return detail == null ? what : what + ": " + detail;
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
