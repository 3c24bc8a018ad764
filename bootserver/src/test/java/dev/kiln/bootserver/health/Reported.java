package dev.kiln.bootserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands where {@link Breakdown} stands, and keeps what comes there. */
public final class Reported implements AutoCloseable {
  private final @Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  public Reported() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
  }

  /** Waits until this comes there. */
  public void await(Throwable expected) throws InterruptedException {
    assertThat(failures.poll(30, TimeUnit.SECONDS)).isSameAs(expected);
  }

  /** Whether nothing has come there. */
  public boolean isEmpty() {
    return failures.isEmpty();
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
