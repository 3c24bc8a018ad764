package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BesideTest {
  private final Beside<String> beside = new Beside<>();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    beside.close();
  }

  @Test
  void doesOnePieceAfterTheOtherFromTheMomentWhenItMay() {
    Beside.Work<Integer> one = beside.then(given -> note("one of " + given, 1));
    Beside.Work<Integer> two = beside.then(given -> note("two of " + given, 2));
    done.add("before");

    beside.begin("it");
    beside.begin("another");

    assertThat(two.result()).isEqualTo(2);
    assertThat(one.result()).isEqualTo(1);
    assertThat(done).containsExactly("before", "one of it", "two of it");
  }

  @Test
  void goesOnWhileTheFlowDoes() {
    CountDownLatch flow = new CountDownLatch(1);
    Beside.Work<Integer> work =
        beside.then(
            given -> {
              await(flow);
              return note("beside", 1);
            });

    beside.begin("it");
    done.add("flow");
    flow.countDown();

    work.settle();
    assertThat(done).containsExactly("flow", "beside");
  }

  @Test
  void tellsAFailureToWhoeverAsksForTheResultAndGoesOn() {
    KilnException failure = KilnException.input("wrong", "Mend it");
    Beside.Work<Integer> failing =
        beside.then(
            given -> {
              throw failure;
            });
    Beside.Work<Integer> next = beside.then(given -> note("next", 1));

    beside.begin("it");

    failing.settle();
    assertThatThrownBy(failing::result).isSameAs(failure);
    assertThat(next.result()).isEqualTo(1);
  }

  @Test
  void endsWhatIsStillGoingOnWhenItIsClosed() {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    beside.then(
        given -> {
          begun.countDown();
          await(new CountDownLatch(1));
          ended.complete("interrupted: " + Thread.currentThread().isInterrupted());
          return 1;
        });
    beside.then(given -> note("next", 1));
    beside.begin("it");
    await(begun);

    beside.close();

    assertThat(ended).isCompletedWithValue("interrupted: true");
    assertThat(done).isEmpty();
  }

  private int note(String what, int result) {
    done.add(what);
    return result;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
