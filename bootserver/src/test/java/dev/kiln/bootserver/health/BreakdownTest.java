package dev.kiln.bootserver.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakdownTest {
  private final Error error = new OutOfMemoryError("no more of it");

  private final Reported reported = new Reported();
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("io.netty");

  @AfterEach
  void restore() {
    reported.close();
  }

  @Test
  void endsTheProcessOnceForErrorsAndNotForDefects() {
    List<Integer> ends = new ArrayList<>();
    Breakdown breakdown = new Breakdown(ends::add);

    breakdown.uncaughtException(Thread.currentThread(), new IllegalStateException("a defect"));
    assertThat(ends).isEmpty();
    breakdown.uncaughtException(Thread.currentThread(), error);
    breakdown.uncaughtException(Thread.currentThread(), new AssertionError());

    assertThat(ends).containsExactly(5);
  }

  @Test
  void findsAnErrorInWhatAFutureMadeOfIt() throws Exception {
    Breakdown.reportIfError(new CompletionException(new IllegalStateException(error)));

    reported.await(error);
  }

  @Test
  void passesOverWhatIsNoError() {
    Breakdown.reportIfError(new CompletionException(new IOException("broken pipe")));
    Breakdown.reportIfError(null);

    assertThat(reported.isEmpty()).isTrue();
  }

  @Test
  void watchesWorkForAnExecutorThatKeepsErrorsToItself() throws Exception {
    Runnable work =
        Breakdown.watching(
            () -> {
              throw error;
            });

    assertThatThrownBy(work::run).isSameAs(error);
    reported.await(error);
  }

  @Test
  void findsAnErrorThatIsOnlyWrittenIntoTheLog() throws Exception {
    context.addTurboFilter(new ErrorsInLog());
    log.setLevel(Level.OFF);

    log.warn("A task raised an exception.", error);
    reported.await(error);
    log.error("{} failed in {}", "it", "here", new CompletionException(error));
    reported.await(error);
  }

  @Test
  void passesOverErrorsThatALibraryExpects() {
    context.addTurboFilter(new ErrorsInLog());

    log.debug("not here", new UnsatisfiedLinkError());
    log.warn("a client is gone", new IOException("connection reset"));

    assertThat(reported.isEmpty()).isTrue();
  }
}
