package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.health.Reported;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DefectHandlerTest {
  private Runnable failure =
      () -> {
        throw new IllegalStateException("somebody said \u001b[31m");
      };

  @Test
  void writesNothingToTheTerminalOfWhoReadsTheLog() throws IOException {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(DefectHandler.class);
    logger.addAppender(log);
    Vertx vertx = Vertx.vertx();
    try {
      String answer = ask(vertx, "GET /\u001b[2Jx HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 500 ");
      assertThat(log.list.get(0).getFormattedMessage())
          .startsWith("GET /")
          .contains("x failed: ")
          .contains("said ?[31m")
          .doesNotContain("\u001b");
    } finally {
      logger.detachAppender(log);
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void reportsAnErrorOfAHandler() throws Exception {
    Error error = new OutOfMemoryError();
    Vertx vertx = Vertx.vertx();
    try (Reported reported = new Reported()) {
      failure =
          () -> {
            throw error;
          };
      assertThat(ask(vertx, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 500 ");

      reported.await(error);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private String ask(Vertx vertx, String request) throws IOException {
    Router router = Router.router(vertx);
    router.route().handler(context -> failure.run());
    router.errorHandler(500, new DefectHandler());
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
