package dev.kiln.builder.fetch;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why one address did not give what was wanted. */
final class FailedAttempt extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, from which follows what to do next. */
  enum Reason {
    /** Nobody answers there. */
    UNREACHABLE,
    /** It answers, but is overloaded, broke off or stalled: asking again may help. */
    PASSING,
    /** It answers that it does not have it. */
    ABSENT,
    /** It answers that it may not give it, or cannot. */
    REFUSED,
    /** What it gives is not what is wanted. */
    WRONG_CONTENT
  }

  private final Reason reason;
  private final transient Optional<EnvironmentProxy> proxy;

  FailedAttempt(Reason reason, String words, @Nullable Throwable cause) {
    super(words, cause);
    this.reason = reason;
    this.proxy = Optional.empty();
  }

  private FailedAttempt(String words, EnvironmentProxy proxy, FailedAttempt failure) {
    super(words, failure);
    this.reason = failure.reason;
    this.proxy = Optional.of(proxy);
  }

  /** The same failure, which is one of the proxy on the way to the address. */
  FailedAttempt of(EnvironmentProxy failing) {
    return new FailedAttempt("was not asked: " + failing + " " + words(), failing, this);
  }

  /** The same failure, of the proxy or of the address behind it: nothing tells which. */
  FailedAttempt through(EnvironmentProxy between) {
    return new FailedAttempt("gave no answer through " + between + ": " + words(), between, this);
  }

  /** The proxy that failed, or may have; empty where the address itself did. */
  Optional<EnvironmentProxy> proxy() {
    return proxy;
  }

  FailedAttempt(Reason reason, String words) {
    this(reason, words, null);
  }

  Reason reason() {
    return reason;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
