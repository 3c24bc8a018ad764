package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How work that is done by many ends. */
class CrewTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hasNobodyAtWorkOnceItIsClosed(boolean closerIsInterrupted) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();

    try (Crew<String> crew = new Crew<>(1)) {
      crew.start(
          () -> {
            begun.countDown();
            while (!Thread.currentThread().isInterrupted()) {
              LockSupport.park();
            }
            // What cannot be interrupted, such as a write that has begun.
            Thread.interrupted();
            LockSupport.parkNanos(200_000_000);
            ended.set(true);
            return "done";
          });
      begun.await();
      if (closerIsInterrupted) {
        Thread.currentThread().interrupt();
      }
    }

    assertThat(Thread.interrupted()).isEqualTo(closerIsInterrupted);
    assertThat(ended).isTrue();
  }
}
