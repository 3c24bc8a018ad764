package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Asks one address after the other, and each again while its failures look passing. */
final class Attempts {
  private final Sources sources;
  private final Patience patience;
  private final Failures failures;

  Attempts(String label, Sources sources, Patience patience) {
    this.sources = sources;
    this.patience = patience;
    this.failures = new Failures(label);
  }

  /**
   * What the first address gives that gives something.
   *
   * @throws KilnException with what every address had to say, when none does
   */
  <T> T first(List<URI> addresses, Attempt<T> attempt) throws IOException {
    return ask(addresses, false, attempt).orElseThrow(failures::exception);
  }

  /**
   * As {@link #first(List, Attempt)}.
   *
   * @param lastResort asked when every address answers that what is wanted is not there
   */
  <T> T first(List<URI> addresses, Optional<LastResort> lastResort, Attempt<T> attempt)
      throws IOException {
    Optional<T> found = ask(addresses, false, attempt);
    if (found.isEmpty() && lastResort.isPresent() && failures.allAbsent()) {
      found = ask(lastResort.get().addresses(), false, attempt);
      return found.orElseThrow(() -> failures.exceptionAfter(lastResort.get()));
    }
    return found.orElseThrow(failures::exception);
  }

  /**
   * What an address gives; empty where it answers that it is not there.
   *
   * @param othersFollow whether the caller has more addresses to ask after this one
   */
  <T> Optional<T> ifThere(URI address, boolean othersFollow, Attempt<T> attempt)
      throws IOException {
    Optional<T> found = ask(List.of(address), othersFollow, attempt);
    if (found.isEmpty() && !failures.allAbsent()) {
      throw failures.exception();
    }
    return found;
  }

  /** What was answered by who does not have it. */
  SmallAnswer.Missing missing() {
    return new SmallAnswer.Missing(failures.exception());
  }

  private <T> Optional<T> ask(List<URI> addresses, boolean othersFollow, Attempt<T> attempt)
      throws IOException {
    try {
      for (Iterator<URI> it = addresses.iterator(); it.hasNext(); ) {
        Optional<T> result = at(it.next(), !it.hasNext() && !othersFollow, attempt);
        if (result.isPresent()) {
          return result;
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private <T> Optional<T> at(URI address, boolean last, Attempt<T> attempt)
      throws IOException, InterruptedException {
    for (int number = 1; ; number++) {
      try {
        return Optional.of(attempt.at(address));
      } catch (FailedAttempt e) {
        if (number >= patience.attempts() || !worthRepeating(address, last, e)) {
          sources.remember(address, e);
          failures.add(address, e);
          return Optional.empty();
        }
        Thread.sleep(patience.pauseAfter(number).toMillis());
      }
    }
  }

  /** A host that cannot be reached is asked again only where nobody else can be asked. */
  private boolean worthRepeating(URI address, boolean last, FailedAttempt failure) {
    return failure.reason() == Reason.PASSING
        || (failure.reason() == Reason.UNREACHABLE && last && !sources.isDead(address));
  }

  /** One try at one address. */
  @FunctionalInterface
  interface Attempt<T> {
    T at(URI address) throws IOException, InterruptedException;
  }
}
