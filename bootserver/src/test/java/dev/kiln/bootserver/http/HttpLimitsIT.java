package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a client cannot make the server do, spoken over bare sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpLimitsIT {
  private static final int LAYER = 24 << 20;

  private HttpFixture server;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    server = new HttpFixture(directory, LAYER);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void closesAConnectionOnWhichNothingMoves() throws IOException {
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void doesNotCutOffAReaderThatIsSlowButSteady() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET " + server.imagePath("os.squashfs") + " HTTP/1.0\r\n\r\n");

      long total = 0;
      byte[] buffer = new byte[128 << 10];
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        // About 8 MB/s, so that the whole takes longer than an idle connection lives.
        LockSupport.parkNanos(n * 125L);
      }
      assertThat(total).isGreaterThan(LAYER);
    }
  }

  @Test
  void cutsOffAReaderThatReadsNothing() throws IOException {
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(4 << 10);
      send(socket, "GET " + server.imagePath("os.squashfs") + " HTTP/1.1\r\nHost: a\r\n\r\n");
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (server.events().stream().noneMatch(e -> e.step().equals("image-file-aborted"))) {
        assertThat(System.nanoTime()).as("the transfer was never ended").isLessThan(deadline);
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  @Test
  void refusesMoreConnectionsThanItsLimitAndTakesNewOnesLater() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    int refused = 0;
    try {
      for (int i = 0; i < HttpFixture.MAX_CONNECTIONS + 10; i++) {
        Socket socket = connect();
        sockets.add(socket);
        refused += answers(socket) ? 0 : 1;
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(refused).isBetween(10, HttpFixture.MAX_CONNECTIONS + 9);
    // The server learns of each end a little later than who closed it.
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!isHealthy()) {
      assertThat(System.nanoTime()).as("no new connection is taken").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean isHealthy() {
    try {
      return answer("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").equals("HTTP/1.1 200");
    } catch (IOException e) {
      // As a connection ends that is one too many.
      return false;
    }
  }

  @Test
  void refusesAbsurdRequests() throws IOException {
    assertThat(status("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n")).isEqualTo(414);
    assertThat(status("GET / HTTP/1.1\r\nA: " + "a".repeat(20_000) + "\r\n\r\n")).isEqualTo(431);
    assertThat(status("GARBAGE\r\n\r\n")).isEqualTo(400);
    assertThat(status("GET /ipxe?mac=%zz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
    assertThat(
            status(
                String.join(
                    "\r\n",
                    "POST /events/52-54-00-12-34-56 HTTP/1.1",
                    "Host: a",
                    "Content-Length: 99999999",
                    "",
                    "")))
        .isEqualTo(413);
    assertThat(status("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(405);
  }

  @Test
  void neverFailsWhateverIsAsked() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      try (Socket socket = connect()) {
        send(socket, HostileRequest.of(random, server.imagePath("initrd")));
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // A reset is an answer too.
      }
    }
    assertThat(server.metrics()).as("seed %d", seed).doesNotContain("status=\"500\"");
    assertThat(status("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200);
  }

  private boolean answers(Socket socket) {
    try {
      send(socket, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int status(String request) throws IOException {
    return Integer.parseInt(answer(request).substring(9));
  }

  /** Its beginning, up to the status; less where the connection ended before. */
  private String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
