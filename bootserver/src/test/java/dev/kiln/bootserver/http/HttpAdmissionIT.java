package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.admission.Slots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one host cannot take from the others. */
class HttpAdmissionIT {
  private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String REPORT =
      "{\"name\": \"modules-final\", \"event_type\": \"finish\", \"origin\": \"cloudinit\"}";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private HttpFixture server;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new HttpFixture(directory, 300_000, HttpLimits.USUAL);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void letsNoAddressTakeTheConnectionsOfTheOthers() throws IOException {
    start(limits(new Slots.Limits(100, 100, 5), DEADLINE));
    for (int i = 0; i < 5; i++) {
      assertThat(status(connect("127.0.0.1"), HEALTH)).isEqualTo(200);
    }

    assertThat(status(connect("127.0.0.1"), HEALTH)).isEqualTo(503);
    assertThat(status(connect("127.0.0.2"), HEALTH)).isEqualTo(200);
  }

  @Test
  void closesAConnectionThatIsTooManyEvenToBeRefused() throws IOException {
    start(limits(new Slots.Limits(100, 100, 1), DEADLINE));
    assertThat(status(connect("127.0.0.1"), HEALTH)).isEqualTo(200);

    int open = 0;
    for (int i = 0; i < 40; i++) {
      open += isClosed(connect("127.0.0.1")) ? 0 : 1;
    }

    assertThat(open).isEqualTo(16);
  }

  /** Each byte moves the connection, and none moves the deadline. */
  @Test
  void waitsForNoHeadThatComesByteByByte() throws IOException {
    start(limits(new Slots.Limits(100, 100, 100), Duration.ofMillis(500)));

    assertThat(isCutOff(connect("127.0.0.1"), "GET /healthz HTTP/1.1\r\nA: ")).isTrue();
  }

  @Test
  void waitsForNoBodyThatComesByteByByte() throws IOException {
    start(limits(new Slots.Limits(100, 100, 100), Duration.ofMillis(500)));

    String head =
        "POST /events/node-1/52-54-00-12-34-56 HTTP/1.1\r\nHost: a\r\nContent-Length: 8000\r\n\r\n";
    assertThat(isCutOff(connect("127.0.0.1"), head)).isTrue();
  }

  @Test
  void tellsWhoseHeadComesTooLate() throws IOException {
    start(limits(new Slots.Limits(100, 100, 100), Duration.ofMillis(500)));

    assertThat(last(connect("127.0.0.1"), "GET /healthz HTTP/1.1\r\nHost: "))
        .startsWith("HTTP/1.1 408 Request Timeout\r\n")
        .contains("\r\nconnection: close\r\n")
        .contains("\r\ncontent-length: 44\r\n")
        .endsWith("\r\n\r\nThe head of a request must be there sooner.\n");
  }

  @Test
  void tellsWhoseNextHeadComesTooLate() throws IOException {
    start(HttpFixture.limits(100, Duration.ofSeconds(1)));
    Socket socket = connect("127.0.0.1");
    assertThat(status(socket, HEALTH)).isEqualTo(200);

    assertThat(last(socket, "G")).startsWith("HTTP/1.1 408 ");
  }

  /** It waits for nothing: the words could only be taken for the answer to something else. */
  @Test
  void saysNothingToWhoAsksNothing() throws IOException {
    start(limits(new Slots.Limits(100, 100, 100), Duration.ofMillis(500)));
    assertThat(last(connect("127.0.0.1"), "")).isEmpty();

    start(HttpFixture.limits(100, Duration.ofSeconds(1)));
    Socket asked = connect("127.0.0.1");
    assertThat(status(asked, post(REPORT))).isEqualTo(204);
    assertThat(last(asked, "")).isEmpty();
  }

  @Test
  void tellsWhoseBodyComesTooLate() throws IOException {
    start(limits(new Slots.Limits(100, 100, 100), Duration.ofMillis(500)));

    assertThat(last(connect("127.0.0.1"), post(REPORT).substring(0, post(REPORT).length() - 9)))
        .startsWith("HTTP/1.1 408 Request Timeout\r\n")
        .contains("\r\nconnection: close\r\n")
        .endsWith("\r\n\r\nThe body of a request must be there sooner.\n");
    assertThat(server.metrics())
        .contains("kiln_http_requests_total{route=\"/events/:machine/:mac\",status=\"408\"}")
        .doesNotContain("status=\"500\"");
  }

  @Test
  void tellsWhoAsksTooOftenToComeAgainAndAnswersTheOthers() throws IOException {
    HttpLimits usual = HttpLimits.USUAL;
    start(
        new HttpLimits(
            usual.connections(),
            usual.head(),
            usual.body(),
            usual.idle(),
            Budgets.Rates.ofSenders(new Rate(3, 0.001), new Rate(100, 100)),
            usual.reports()));
    Socket busy = connect("127.0.0.1");
    for (int i = 0; i < 3; i++) {
      assertThat(status(busy, HEALTH)).isEqualTo(200);
      busy = connect("127.0.0.1");
    }

    assertThat(status(busy, HEALTH)).isEqualTo(503);
    assertThat(status(connect("127.0.0.2"), HEALTH)).isEqualTo(200);
  }

  @Test
  void takesTheReportOfAMachineAfterManyThatAnotherMadeInItsName() throws IOException {
    startWithReportsThatDoNotComeBack();

    assertThat(taken(450, "127.0.0.2")).isEqualTo(400);

    assertThat(taken(1, "127.0.0.3")).isEqualTo(1);
  }

  @Test
  void takesTheReportOfWhoHasTheAddressOfTheCardHoweverManyLie() throws IOException {
    startWithReportsThatDoNotComeBack();
    for (String liar : List.of("127.0.0.2", "127.0.0.3", "127.0.0.4")) {
      taken(420, liar);
    }

    assertThat(taken(100, "127.0.0.5")).isZero();
    assertThat(taken(1, HttpFixture.OWN.toString())).isEqualTo(1);
  }

  /** As many at once as usual, and no more: however slow this machine is. */
  private void startWithReportsThatDoNotComeBack() throws IOException {
    HttpLimits usual = HttpLimits.USUAL;
    start(
        new HttpLimits(
            usual.connections(),
            usual.head(),
            usual.body(),
            usual.idle(),
            usual.requests(),
            new Budgets.Rates(
                new Rate(usual.reports().sender().burst(), 0.001),
                new Rate(usual.reports().card().burst(), 0.002),
                usual.reports().all())));
  }

  @Test
  void answersOnMoreThanOneEventLoop() throws IOException {
    String seed = "GET " + server.seedPath("meta-data") + " HTTP/1.1\r\nHost: a\r\n\r\n";

    for (int i = 0; i < 10; i++) {
      assertThat(status(connect("127.0.0.1"), seed)).isEqualTo(200);
    }

    assertThat(server.threads()).hasSize(2).allMatch(name -> name.contains("eventloop"));
  }

  private void start(HttpLimits limits) throws IOException {
    server.close();
    server = new HttpFixture(directory, 300_000, limits);
  }

  private static HttpLimits limits(Slots.Limits connections, Duration forHeadAndBody) {
    HttpLimits usual = HttpLimits.USUAL;
    return new HttpLimits(
        connections,
        forHeadAndBody,
        forHeadAndBody,
        usual.idle(),
        usual.requests(),
        usual.reports());
  }

  /** How many of so many reports, over one connection, are taken; the others get 429. */
  private int taken(int reports, String from) throws IOException {
    int taken = 0;
    Socket socket = connect(from);
    for (int i = 0; i < reports; i++) {
      String answer = answer(socket, post(REPORT));
      assertThat(answer).matches("(?s)HTTP/1.1 (204 .*|429 .*retry-after: 5\r\n.*)");
      taken += answer.startsWith("HTTP/1.1 204") ? 1 : 0;
    }
    return taken;
  }

  private static String post(String body) {
    return "POST /events/node-1/52-54-00-12-34-56 HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** All that comes until the end of the connection. */
  private static String last(Socket socket, String beginning) throws IOException {
    send(socket, beginning);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** Writes the beginning, and then byte after byte until the server has enough of it. */
  private static boolean isCutOff(Socket socket, String beginning) throws IOException {
    send(socket, beginning);
    socket.setSoTimeout(20);
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      try {
        send(socket, "a");
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException e) {
        // Nothing came: it still waits for the rest.
      } catch (SocketException e) {
        return true;
      }
    }
    return false;
  }

  /** One that has a place stays open without a word; one that has none ends at once. */
  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static int status(Socket socket, String request) throws IOException {
    return Integer.parseInt(answer(socket, request).substring(9, 12));
  }

  /** The answer's head and what came with it. */
  private static String answer(Socket socket, String request) throws IOException {
    send(socket, request);
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[4_096];
    while (answer.indexOf("\r\n\r\n") < 0) {
      int n = socket.getInputStream().read(buffer);
      assertThat(n).as("the connection ended after '%s'", answer).isPositive();
      answer.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
    }
    return answer.toString();
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(server.address());
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
