package dev.kiln.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers is not always a web server. */
class HostileServerIT {
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), 1, Duration.ofMillis(1));

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nhello",
        "HTTP/1.1 206 Partial\r\nContent-Range: bytes x-y/z\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 206 Partial\r\nContent-Range: bytes 7-9/10\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http:///path\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: gopher://x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\0\u00ff: x\r\n\r\n",
      })
  void isRefusedInWords(String answer) throws Exception {
    Throwable failure = answeredBy(out -> out.write(bytes(answer)));

    assertThat(failure)
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot fetch sample: http://127.0.0.1:");
  }

  @Test
  void isRefusedWhenItsHeadHasNoEnd() throws Exception {
    Throwable failure =
        answeredBy(
            out -> {
              out.write(bytes("HTTP/1.1 200 OK\r\n"));
              while (true) {
                out.write(bytes("X-Header: " + "x".repeat(1000) + "\r\n"));
              }
            });

    assertThat(failure).isInstanceOf(KilnException.class);
  }

  @Test
  void isRefusedWhateverItSends() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String sound = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nContent-Type: text/plain\r\n\r\nhello";

    for (int i = 0; i < 200; i++) {
      byte[] damaged = bytes(sound);
      for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      // Some damage makes an answer without a length, which ends with the connection.
      Throwable failure = answeredBy(out -> out.write(damaged));
      if (failure != null) {
        assertThat(failure).isInstanceOf(KilnException.class);
      }
    }
  }

  /** What fetching fails with, or null. */
  private Throwable answeredBy(Answer answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<Socket> accepted = new CopyOnWriteArrayList<>();
      Thread answering = new Thread(() -> serve(server, accepted, answer));
      answering.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/a");
      Throwable failure =
          catchThrowable(
              () ->
                  new Fetcher(
                          new Cache(directory.resolve("cache")),
                          new RecordingProgress(),
                          Map.of(),
                          SHORT)
                      .askSmall("sample", address, 100, false));
      server.close();
      for (Socket socket : accepted) {
        socket.close();
      }
      answering.join();
      return failure;
    }
  }

  private static void serve(ServerSocket server, List<Socket> accepted, Answer answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        accepted.add(socket);
        // The request's head; what it says does not matter.
        if (socket.getInputStream().read(new byte[1 << 16]) > 0) {
          answer.write(socket.getOutputStream());
        }
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private interface Answer {
    void write(OutputStream out) throws IOException;
  }
}
