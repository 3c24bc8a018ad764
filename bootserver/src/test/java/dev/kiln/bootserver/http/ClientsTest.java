package dev.kiln.bootserver.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.health.Reported;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsTest {
  @Test
  void reportsAnErrorThatNettyCaughtForAConnection() throws IOException, InterruptedException {
    Error error = new OutOfMemoryError();
    Vertx vertx = Vertx.vertx();
    Clients clients = new Clients(vertx, new ServedNetworks(List.of()), HttpLimits.USUAL);
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(clients::connected)
            .requestHandler(
                request ->
                    ((ConnectionBase) request.connection())
                        .channel()
                        .pipeline()
                        .fireExceptionCaught(error))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try (Reported reported = new Reported();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));

      reported.await(error);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
