package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives up a body that brings too little, also while a reader waits for it. */
final class StallGuard extends FilterInputStream {
  private final Duration limit;
  private final Executor later;
  private volatile long received;
  private volatile boolean stalled;
  private volatile boolean closed;

  StallGuard(InputStream in, Duration limit) {
    super(in);
    this.limit = limit;
    this.later = CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS);
    look(0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one reader writes it, the watch reads it
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n;
    try {
      n = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw stalled ? stall(e) : e;
    }
    if (stalled) {
      throw stall(null);
    }
    received += Math.max(0, n);
    return n;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
  }

  private void look(long before) {
    later.execute(
        () -> {
          if (closed) {
            return;
          }
          long now = received;
          if (now - before < Patience.STALL_BYTES) {
            stalled = true;
            giveUp();
          } else {
            look(now);
          }
        });
  }

  private void giveUp() {
    try {
      in.close();
    } catch (IOException e) {
      // The reader is told by the flag.
    }
  }

  private FailedAttempt stall(@Nullable IOException cause) {
    return new FailedAttempt(
        Reason.PASSING, "stalled: next to nothing came in " + limit.toMillis() + " ms", cause);
  }
}
