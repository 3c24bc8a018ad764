package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.health.Breakdown;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when a packet is to be sent again, and when to give up. Each wait is twice the one before,
 * up to {@link #LONGEST_WAIT}, unless the client named an interval. Who has not answered yet may be
 * somebody whose address another wrote into a request: he gets few repetitions. One timer runs per
 * transfer, not one per packet.
 */
final class RetransmitTimer {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  // Clients repeat their side every five seconds or so: they get a few chances.
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LEAST_WAITS = 5;
  private static final int REPETITIONS_BEFORE_AN_ANSWER = 2;

  private final EventExecutor loop;
  private final LongSupplier nanoTime;
  private final long first;
  private final long longest;
  private final Runnable repeat;
  private final Runnable giveUp;
  private @Nullable ScheduledFuture<?> pending;
  private long wakesAt;
  private long deadline;
  private long wait;
  private long patienceEnds;
  private int repetitionsLeft;

  RetransmitTimer(
      EventExecutor loop,
      LongSupplier nanoTime,
      Duration first,
      boolean grows,
      Runnable repeat,
      Runnable giveUp) {
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.first = first.toNanos();
    this.longest = grows ? Math.max(LONGEST_WAIT.toNanos(), this.first) : this.first;
    this.repeat = repeat;
    this.giveUp = giveUp;
  }

  /**
   * A new packet was sent now.
   *
   * @param answered whether the client has acknowledged another one before
   */
  void start(boolean answered) {
    long now = nanoTime.getAsLong();
    long patience =
        answered ? Math.max(PATIENCE.toNanos(), LEAST_WAITS * first) : PATIENCE.toNanos();
    wait = first;
    deadline = now + wait;
    patienceEnds = now + patience;
    repetitionsLeft = answered ? Integer.MAX_VALUE : REPETITIONS_BEFORE_AN_ANSWER;
    // A timer that wakes before the deadline finds the new one by itself.
    if (pending == null || wakesAt - deadline > 0) {
      schedule(wait);
    }
  }

  void stop() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  private void schedule(long delay) {
    stop();
    wakesAt = nanoTime.getAsLong() + delay;
    pending = loop.schedule(Breakdown.watching(this::wake), delay, TimeUnit.NANOSECONDS);
  }

  private void wake() {
    pending = null;
    long now = nanoTime.getAsLong();
    if (now - deadline < 0) {
      schedule(deadline - now);
    } else if (now - patienceEnds >= 0 || repetitionsLeft == 0) {
      giveUp.run();
    } else {
      repetitionsLeft--;
      wait = Math.min(2 * wait, longest);
      deadline = now + wait;
      schedule(wait);
      repeat.run();
    }
  }
}
