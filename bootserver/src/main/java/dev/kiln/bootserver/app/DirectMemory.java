package dev.kiln.bootserver.app;

import dev.kiln.bootserver.health.Breakdown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Looks whether there is memory outside of the heap, into which every packet and request is
 * received. Where it is gone they are lost without a word, and the server would look idle: the
 * third look in a row that finds none ends in an {@link OutOfMemoryError}, see {@link Breakdown}.
 */
final class DirectMemory {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int LOOKS = 3;

  /** What Netty's allocator takes at least when it needs more. */
  private static final int CHUNK = 128 * 1024;

  private int missed;

  private DirectMemory() {}

  static void watch(Vertx vertx) {
    DirectMemory watched = new DirectMemory();
    vertx.setPeriodic(EVERY.toMillis(), timer -> watched.look());
  }

  private void look() {
    try {
      ByteBuf some = UnpooledByteBufAllocator.DEFAULT.directBuffer(CHUNK);
      some.release();
      missed = 0;
    } catch (OutOfMemoryError e) {
      missed++;
      if (missed >= LOOKS) {
        throw e;
      }
    }
  }
}
