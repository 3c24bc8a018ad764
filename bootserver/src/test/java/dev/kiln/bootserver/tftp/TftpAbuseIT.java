package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.health.Reported;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.SharedInputs;
import dev.kiln.bootserver.net.TestProcess;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one host, or one forged packet, cannot do to others; and clients that start again. */
class TftpAbuseIT {
  private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");
  private static final Duration SOON = Duration.ofMillis(50);

  /** So that whatever comes is an answer, and no repetition. */
  private static final Duration NEVER = Duration.ofSeconds(60);

  private static final String FIRST_BLOCK = "00030001";
  private static final String SECOND_BLOCK = "00030002";

  private final Error broken = new OutOfMemoryError();

  private final Events events = new Events();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<RawClient> clients = new ArrayList<>();
  private TftpServer server;

  @BeforeEach
  void start() {
    server = started(settings(SOON));
  }

  @AfterEach
  void stop() {
    clients.forEach(RawClient::close);
    server.close();
  }

  @Test
  void servesAClientAnewThatStartsAgainBeforeItAcknowledgedAnything() throws Exception {
    start(settings(NEVER));
    RawClient client = client("127.0.0.1");
    assertThat(client.ask("ipxe.efi")).startsWith(FIRST_BLOCK);

    assertThat(client.ask("ipxe.efi")).startsWith(FIRST_BLOCK);

    client.acknowledge(1);
    assertThat(client.receive()).startsWith(SECOND_BLOCK);
  }

  @Test
  void servesAClientAnewThatStartsAgainInTheMiddle() throws Exception {
    start(settings(NEVER));
    RawClient client = client("127.0.0.1");
    client.ask("ipxe.efi");
    client.acknowledge(1);
    assertThat(client.receive()).startsWith(SECOND_BLOCK);

    assertThat(client.ask("ipxe.efi")).startsWith(FIRST_BLOCK);
    client.acknowledge(1);
    assertThat(client.receive()).startsWith(SECOND_BLOCK);

    assertThat(events.awaitText(Step.TFTP_ABORT)).endsWith("the client started again");
  }

  /** A request may also have been on its way for long: then its client knows nothing of it. */
  @Test
  void goesOnWithATransferWhoseClientDoesNotStartAgain() throws Exception {
    start(settings(NEVER));
    RawClient client = client("127.0.0.1");
    client.ask("ipxe.efi");
    client.acknowledge(1);
    client.receive();
    SocketAddress running = client.transfer();

    assertThat(client.ask("ipxe.efi")).startsWith(FIRST_BLOCK);
    client.acknowledge(2, running);

    assertThat(events.awaitText(Step.TFTP_DONE)).startsWith("127.0.0.1 ipxe.efi, 700 bytes in");
  }

  @Test
  void sendsNoMoreThanThreePacketsToWhoNeverAnswers() throws Exception {
    RawClient victim = client("127.0.0.1");
    victim.request("ipxe.efi");

    assertThat(events.awaitText(Step.TFTP_ABORT)).endsWith("block 1 was never acknowledged");

    assertThat(victim.drain()).isEqualTo(3);
  }

  @Test
  void sendsNothingToNetworksThatAreNotServed() throws Exception {
    start(settings(SOON, "127.0.1.0/24", TftpSettings.REQUESTS));
    RawClient outside = client("127.0.0.1");

    outside.request("ipxe.efi");
    outside.request("no such file");
    awaitDropped("other-network", 2);

    assertThat(outside.drain()).isZero();
    assertThat(client("127.0.1.7").ask("ipxe.efi")).startsWith(FIRST_BLOCK);
  }

  @Test
  void answersANameThatIsNoTextWithAnErrorAndAnEvent() throws Exception {
    RawClient rom = client("127.0.0.1");

    rom.requestHex("6970" + "78652e656669ff");

    assertThat(rom.receive()).startsWith("00050001");
    assertThat(events.awaitText(Step.TFTP_REFUSED))
        .isEqualTo("127.0.0.1 ipxe.efi\u00ff: the name holds octets that are no text");
  }

  @Test
  void letsNoAddressTakeThePlacesOfTheOthers() throws Exception {
    start(settings(NEVER));
    for (int i = 0; i < 4; i++) {
      RawClient greedy = client("127.0.0.1");
      greedy.request("ipxe.efi");
      if (i < 2) {
        greedy.receive();
        greedy.acknowledge(1);
        greedy.receive();
      }
    }
    awaitRequests("deferred", 2);

    assertThat(client("127.0.0.2").ask("ipxe.efi")).startsWith(FIRST_BLOCK);
  }

  @Test
  void takesAPlaceFromWhoNeverAnswersAndNotFromWhoDoes() throws Exception {
    RawClient living = client("127.0.0.1");
    living.ask("ipxe.efi", "timeout", "30");
    living.acknowledge(0);
    living.receive();
    client("127.0.0.1").ask("ipxe.efi", "timeout", "30");

    assertThat(client("127.0.0.1").ask("ipxe.efi")).startsWith(FIRST_BLOCK);

    assertThat(events.awaitText(Step.TFTP_ABORT)).endsWith("its place is needed");
    living.acknowledge(1);
    assertThat(living.receive()).startsWith(SECOND_BLOCK);
  }

  @Test
  void answersAnAddressThatAsksTooOftenNoMoreButStillOthers() throws Exception {
    Budgets.Rates few = Budgets.Rates.ofSenders(new Rate(3, 0.001), new Rate(100, 100));
    start(settings(NEVER, "127.0.0.0/8", few));
    RawClient greedy = client("127.0.0.1");
    for (int i = 0; i < 10; i++) {
      greedy.request("no-such-file-" + i);
    }
    awaitDropped("too-many", 7);

    assertThat(greedy.drain()).isEqualTo(3);
    assertThat(client("127.0.0.2").ask("ipxe.efi")).startsWith(FIRST_BLOCK);
  }

  /** Requests of one host, never answered, each with a long time-out of its own. */
  @Test
  void answersAnotherClientAtOnceInTheTrialOfFullSlots() throws Exception {
    Path trial = SharedInputs.files("trials/bootserver/tftp-slots", ".py").get(0);
    start(
        new TftpSettings(
            LOOPBACK,
            0,
            network("127.0.0.0/8"),
            TftpSettings.ETHERNET_BLOCK,
            512,
            64,
            TftpSettings.REQUESTS,
            Duration.ofSeconds(1)));
    String script =
        Files.readString(trial)
            .replace("('10.91.0.1',69)", "('127.0.0.1'," + server.address().getPort() + ")")
            .replace("10.91.0.2", "127.0.0.1");

    String said = TestProcess.run("/usr/bin/python3", "-B", "-c", script);

    assertThat(said).containsPattern("another client is answered after [1-5]?[0-9] s");
  }

  @Test
  void reportsAnErrorInTheHandlingOfARequest() throws Exception {
    try (Reported reported = new Reported()) {
      client("127.0.0.1").request("broken");

      reported.await(broken);
    }
  }

  private void start(TftpSettings settings) {
    server.close();
    server = started(settings);
  }

  private TftpServer started(TftpSettings settings) {
    byte[] loader = new byte[700];
    return TftpServer.start(
        settings,
        new TftpServices(
            name -> {
              if (name.equals("broken")) {
                throw broken;
              }
              return name.equals("ipxe.efi") || name.equals("undionly.kpxe")
                  ? Optional.of(ByteBuffer.wrap(loader))
                  : Optional.empty();
            },
            events,
            address -> Optional.empty(),
            registry,
            InstantSource.system()));
  }

  private static TftpSettings settings(Duration retransmitAfter) {
    return settings(retransmitAfter, "127.0.0.0/8", TftpSettings.REQUESTS);
  }

  private static TftpSettings settings(
      Duration retransmitAfter, String network, Budgets.Rates requests) {
    return new TftpSettings(LOOPBACK, 0, network(network), 1468, 4, 2, requests, retransmitAfter);
  }

  private static ServedNetworks network(String network) {
    return new ServedNetworks(List.of(Ipv4Network.parse(network)));
  }

  private RawClient client(String address) throws Exception {
    RawClient client = new RawClient(server.address(), address);
    clients.add(client);
    return client;
  }

  private void awaitDropped(String reason, int count) {
    await("kiln.tftp.dropped", "reason", reason, count);
  }

  private void awaitRequests(String result, int count) {
    await("kiln.tftp.requests", "result", result, count);
  }

  /** The first of them makes the counter. */
  private void await(String name, String tag, String value, int count) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (registry.find(name).tag(tag, value).counters().stream().mapToDouble(Counter::count).sum()
        < count) {
      assertThat(System.nanoTime()).as(value).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
