package dev.kiln.bootserver.app;

import dev.kiln.bootserver.health.Breakdown;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * Vert.x, with as few threads as the work needs: an event loop for each processor, whose handlers
 * never block, and a few workers that wait for files to be read.
 */
final class EventLoops implements AutoCloseable {
  /** Beyond this many a network card is busy, not a processor. */
  private static final int MOST = 8;

  private static final int COUNT = Math.min(MOST, Runtime.getRuntime().availableProcessors());

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(COUNT)
              .setWorkerPoolSize(8)
              .setInternalBlockingPoolSize(2)
              .setPreferNativeTransport(true)
              // Nothing is served from the class path, and no cache directory is wanted.
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setClassPathResolvingEnabled(false)
                      .setFileCachingEnabled(false)));

  EventLoops() {
    vertx.exceptionHandler(Breakdown::report);
  }

  /** How many there are. */
  int count() {
    return COUNT;
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
