package dev.kiln.bootserver.app;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Vert.x, with as few threads as the work needs: handlers never block, only file scans do. */
final class EventLoops implements AutoCloseable {
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(
                  Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())))
              .setWorkerPoolSize(2)
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

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
