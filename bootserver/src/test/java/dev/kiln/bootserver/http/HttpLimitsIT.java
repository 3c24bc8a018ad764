package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.campaign.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    try (Socket socket = connect(server)) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void doesNotCutOffAReaderThatIsSlowButSteady() throws IOException {
    try (Socket socket = connect(server)) {
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
    try (Socket socket = connect(server)) {
      socket.setReceiveBufferSize(4 << 10);
      send(socket, "GET " + server.imagePath("os.squashfs") + " HTTP/1.1\r\nHost: a\r\n\r\n");
      long deadline = System.nanoTime() + 30_000_000_000L;
      // Of this file: other clients of the same server break off as well.
      while (server.events().stream()
          .noneMatch(
              e ->
                  e.step() == Step.IMAGE_FILE_ABORTED
                      && e.values().find(Field.FILE).filter("os.squashfs"::equals).isPresent())) {
        assertThat(System.nanoTime()).as("the transfer was never ended").isLessThan(deadline);
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  /** 20 KB/s is what a bad link or a busy machine takes; here all goes eight times as fast. */
  @Test
  void doesNotCutOffAReaderThatTakesLessThanAMebibyteInTheTimeOfIdleness(@TempDir Path directory)
      throws IOException {
    Duration idle = Duration.ofSeconds(4);
    HttpLimits limits = HttpFixture.limits(HttpFixture.MAX_CONNECTIONS, idle);
    try (HttpFixture patient = new HttpFixture(directory, LAYER, limits);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(64 << 10);
      socket.connect(patient.address());
      send(socket, "GET " + patient.imagePath("os.squashfs") + " HTTP/1.0\r\n\r\n");

      byte[] buffer = new byte[8 << 10];
      long total = 0;
      long end = System.nanoTime() + 3 * idle.toNanos();
      while (System.nanoTime() < end) {
        int n = socket.getInputStream().read(buffer);
        assertThat(n).as("cut off after %d bytes", total).isPositive();
        total += n;
        LockSupport.parkNanos(n * 6_250L);
      }
      // What the kernel had taken before still comes when the server has given up.
      assertThat(patient.events()).extracting(Event::step).doesNotContain(Step.IMAGE_FILE_ABORTED);
    }
  }

  @Test
  void tellsThoseBeyondItsLimitToComeAgainAndTakesThemLater(@TempDir Path directory)
      throws IOException {
    // None of the first connections may have been idle for too long when the last one comes.
    HttpLimits limits = HttpFixture.limits(HttpFixture.MAX_CONNECTIONS, Duration.ofMinutes(10));
    try (HttpFixture patient = new HttpFixture(directory, 300_000, limits)) {
      List<Socket> sockets = new ArrayList<>();
      List<String> refusals = new ArrayList<>();
      try {
        for (int i = 0; i < HttpFixture.MAX_CONNECTIONS + 10; i++) {
          Socket socket = connect(patient);
          sockets.add(socket);
          send(socket, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
          if (i < HttpFixture.MAX_CONNECTIONS) {
            assertThat(beginning(socket)).isEqualTo("HTTP/1.1 200");
          } else {
            refusals.add(rest(socket));
          }
        }
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      assertThat(refusals)
          .hasSize(10)
          .allMatch(refusal -> refusal.startsWith("HTTP/1.1 503 "))
          .allMatch(refusal -> refusal.contains("retry-after: 5\r\n"))
          .allMatch(refusal -> refusal.endsWith("Come again later.\n"));
      awaitHealthy(patient);
    }
  }

  /** The server learns of each end a little later than who closed it. */
  private static void awaitHealthy(HttpFixture server) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (boolean healthy = false; !healthy; ) {
      assertThat(System.nanoTime()).as("no new connection is taken").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
      try (Socket socket = connect(server)) {
        healthy = isHealthy(socket);
      }
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
                    "POST /events/node-1/52-54-00-12-34-56 HTTP/1.1",
                    "Host: a",
                    "Content-Length: 99999999",
                    "",
                    "")))
        .isEqualTo(413);
    assertThat(status("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(405);
  }

  @Test
  void saysInALineWhatIsWrongWithARequest() throws IOException {
    assertThat(answer("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n"))
        .endsWith("\r\n\r\nA request line has at most 2048 bytes.\n");
    assertThat(answer("GET / HTTP/1.1\r\nA: " + "a".repeat(9_000) + "\r\n\r\n"))
        .endsWith("\r\n\r\nThe headers of a request have at most 8192 bytes.\n");
    assertThat(answer("GARBAGE\r\n\r\n")).endsWith("\r\n\r\nThis is no HTTP request.\n");
  }

  @Test
  void countsWhatItRefuses() throws IOException {
    answer("GARBAGE\r\n\r\n");
    status(
        "POST /events/node-1/52-54-00-12-34-56 HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n");
    status("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(server.metrics())
        .contains("# HELP kiln_http_requests_total Answers by route and status")
        .contains("# HELP kiln_http_sent_bytes_total Bytes")
        .contains("# HELP kiln_http_connections Connections")
        .contains("kiln_http_requests_total{route=\"malformed\",status=\"400\"}")
        .contains("kiln_http_requests_total{route=\"/events/:machine/:mac\",status=\"413\"}")
        .contains("kiln_http_requests_total{route=\"none\",status=\"404\"}");
  }

  @Test
  void neverFailsWhateverIsAsked() throws IOException {
    int answered =
        Campaign.count(
            3_000,
            random -> {
              String request = HostileRequest.of(random, server.imagePath("initrd"));
              String answer = lastAnswer(request);
              // Two are answers: 503, a system whose machine has no file asks again, and 501 to
              // another version of HTTP.
              assertThat(answer).as(request).doesNotContainPattern("^HTTP/1.1 5(?!0[13])");
              return answer.startsWith("HTTP/1.1 ");
            });

    assertThat(answered).isGreaterThan(1_000);
    assertThat(server.metrics()).doesNotContain("status=\"500\"");
    assertThat(status("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200);
  }

  /** The beginning of what comes back where the client says no more; a reset is an answer too. */
  private String lastAnswer(String request) {
    try (Socket socket = connect(server)) {
      send(socket, request);
      socket.shutdownOutput();
      byte[] all = socket.getInputStream().readAllBytes();
      return new String(all, 0, Math.min(all.length, 12), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  /** Not where the connection ends, as one that is too many does. */
  private static boolean isHealthy(Socket socket) {
    try {
      send(socket, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      return beginning(socket).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** Of an answer, up to the status; less where the connection ended before. */
  private static String beginning(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  /** All that comes until the server ends the connection. */
  private String answer(String request) throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, request);
      return rest(socket);
    }
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private int status(String request) throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, request);
      return Integer.parseInt(beginning(socket).substring(9));
    }
  }

  private static Socket connect(HttpFixture server) throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
