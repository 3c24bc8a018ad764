package dev.kiln.bootserver.app;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.health.Reported;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepCurrentTest {
  @Test
  void reportsAnErrorThatAWorkerMet(@TempDir Path directory) throws Exception {
    Error error = new OutOfMemoryError();
    ServerFixture fixture = ServerFixture.in(directory);
    CurrentFiles files =
        new CurrentFiles(
            fixture.config(), ConfigReader.read(fixture.config()), new SimpleMeterRegistry());
    Vertx vertx = Vertx.vertx();
    try (Reported reported = new Reported();
        KeepCurrent keeping =
            KeepCurrent.start(
                vertx,
                files,
                List.of(directory),
                () -> {
                  throw error;
                })) {
      reported.await(error);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
