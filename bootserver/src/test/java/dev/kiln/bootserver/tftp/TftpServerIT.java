package dev.kiln.bootserver.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.TestProcess;
import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with the TFTP clients that people run. */
class TftpServerIT {
  private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");

  /** Beyond what a busy machine takes to answer: atftp breaks off at a second OACK. */
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private static final Duration QUICK = Duration.ofMillis(100);
  private static final String LOOPBACK_NETWORK = "127.0.0.0/8";
  private static final MacAddress MAC = MacAddress.parse("52:54:00:77:00:1a");
  private static final int[] SIZES = {0, 1, 511, 512, 513, 1467, 1468, 1469, 65_536, 200_000};
  private static final int BEYOND_16_BITS_OF_BLOCKS = 33 * 1024 * 1024 + 100;

  /** A program that fetches a file. */
  private enum Client {
    TFTP_HPA {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        return List.of(
            "tftp", "-m", "binary", host(server), port(server), "-c", "get", remote, local + "");
      }
    },
    CURL {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        String url = "tftp://" + host(server) + ":" + port(server) + "/" + remote;
        return List.of("curl", "-sS", "--tftp-blksize", blockSize + "", "-o", local + "", url);
      }
    },
    CURL_WITHOUT_OPTIONS {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        String url = "tftp://" + host(server) + ":" + port(server) + "/" + remote;
        return List.of("curl", "-sS", "--tftp-no-options", "-o", local + "", url);
      }
    },
    ATFTP {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        return List.of(
            "atftp",
            "--option",
            "blksize " + blockSize,
            "--option",
            "tsize 0",
            "-g",
            "-r",
            remote,
            "-l",
            local + "",
            host(server),
            port(server));
      }
    },
    ATFTP_WITHOUT_OPTIONS {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        return List.of("atftp", "-g", "-r", remote, "-l", local + "", host(server), port(server));
      }
    },
    BUSYBOX {
      @Override
      List<String> command(InetSocketAddress server, String remote, Path local, int blockSize) {
        return List.of(
            "busybox",
            "tftp",
            "-g",
            "-b",
            blockSize + "",
            "-r",
            remote,
            "-l",
            local + "",
            host(server),
            port(server));
      }
    };

    abstract List<String> command(
        InetSocketAddress server, String remote, Path local, int blockSize);

    private static String host(InetSocketAddress server) {
      return server.getAddress().getHostAddress();
    }

    private static String port(InetSocketAddress server) {
      return Integer.toString(server.getPort());
    }
  }

  private final Events events = new Events();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<String, ByteBuffer> files = new HashMap<>();
  @TempDir private Path folder;
  private TftpServer server;

  @BeforeEach
  void startServer() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (int size : SIZES) {
      sizes.add(size);
    }
    sizes.add(BEYOND_16_BITS_OF_BLOCKS);
    for (int size : sizes) {
      byte[] octets = new byte[size];
      new Random(size).nextBytes(octets);
      Files.write(folder.resolve("stored-" + size), octets);
      files.put("boot/" + size, ByteBuffer.wrap(octets));
    }
    server = start(100, PATIENT);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void sendsFilesOfEverySize(Client client) throws Exception {
    for (int size : SIZES) {
      fetch(client, server.address(), size, 1468);

      assertThat(events.awaitText(Step.TFTP_DONE))
          .startsWith("127.0.0.1 boot/" + size + ", " + size + " bytes in ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsFilesOfMoreBlocksThanTheirNumbersCount(Client client) throws Exception {
    fetch(client, server.address(), BEYOND_16_BITS_OF_BLOCKS, 512);
  }

  // Not with options for all: atftp breaks off when an OACK is repeated, and curl asks for six
  // seconds between repetitions, which it then gets.
  @ParameterizedTest
  @EnumSource(names = {"TFTP_HPA", "CURL_WITHOUT_OPTIONS", "ATFTP_WITHOUT_OPTIONS", "BUSYBOX"})
  void sendsFilesOverAPathThatLosesAndDoublesPackets(Client client) throws Exception {
    server.close();
    server = start(100, QUICK);
    int damaged =
        Campaign.count(
            1,
            random -> {
              try (LossyPath path = new LossyPath(server.address(), random.nextLong())) {
                fetch(client, path.address(), 65_536, 512);
                return path.lost() > 0;
              }
            });

    assertThat(damaged).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 512, 1024, 1468, 8192, 65_464})
  void sendsBlocksOfTheSizeThatIsAskedForUpToItsLimit(int blockSize) throws Exception {
    fetch(Client.CURL, server.address(), 65_536, blockSize);

    assertThat(events.awaitText(Step.TFTP_START))
        .endsWith("in blocks of " + Math.min(blockSize, 1468));
  }

  @Test
  void tellsWhoseTimelineItIs() throws Exception {
    fetch(Client.CURL, server.address(), 512, 512);

    assertThat(events.await(Step.TFTP_START).mac()).contains(MAC);
    assertThat(events.await(Step.TFTP_DONE).mac()).contains(MAC);
  }

  @Test
  void refusesAFileThatIsNotThere() throws Exception {
    try (TestProcess curl = get("boot/../stored-1")) {
      // 68: file not found on the server.
      assertThat(curl.end()).isEqualTo(68);
    }
    assertThat(events.awaitText(Step.TFTP_REFUSED))
        .isEqualTo("127.0.0.1 boot/../stored-1: there is no such boot file");
    assertThat(registry.get("kiln.tftp.requests").tag("result", "not-found").counter().count())
        .isEqualTo(1);
  }

  @Test
  void refusesToTakeAFile() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "x");
    try (TestProcess curl =
        TestProcess.start("curl", "-sS", "-T", mine.toString(), url("boot/1"))) {
      assertThat(curl.end()).isNotZero();
    }
    assertThat(events.awaitText(Step.TFTP_REFUSED))
        .isEqualTo("127.0.0.1 boot/1: files can only be read here");
    assertThat(folder.resolve("stored-1")).hasSize(1);
  }

  @Test
  void saysThatItServesNoTextMode() throws Exception {
    InetSocketAddress at = server.address();
    String answer =
        TestProcess.run(
            "tftp",
            "-m",
            "ascii",
            Client.host(at),
            Client.port(at),
            "-c",
            "get",
            "boot/1",
            folder.resolve("fetched") + "");

    assertThat(answer).contains("only the mode octet is served: ask for a binary transfer");
  }

  @Test
  void letsClientsWaitWhenTooManyAreServed() throws Exception {
    server.close();
    registry.clear();
    server = start(1, PATIENT);
    try (RawClient first = new RawClient(server.address());
        RawClient second = new RawClient(server.address())) {
      first.request("boot/200000");
      first.receiveBlock(1);
      // One that never answers would lose its place.
      first.acknowledge(1);
      first.receiveBlock(2);

      second.request("boot/200000");
      awaitCount("deferred", 1);
      first.sendError(0, "enough");
      events.await(Step.TFTP_ABORT);
      second.request("boot/200000");

      assertThat(second.receive()).startsWith("00030001");
    }
    assertThat(registry.get("kiln.tftp.requests").tag("result", "deferred").counter().count())
        .isEqualTo(1);
  }

  @Test
  void takesAProbeForTheSizeForWhatItIs() throws Exception {
    try (RawClient firmware = new RawClient(server.address())) {
      firmware.request("boot/512", "tsize", "0", "blksize", "1468", "windowsize", "4");
      assertThat(firmware.receive())
          .isEqualTo("0006" + RawClient.hex("tsize\000512\0blksize\0001468\0"));

      firmware.sendError(8, "User aborted the transfer");

      assertThat(events.awaitText(Step.TFTP_PROBE)).isEqualTo("127.0.0.1 boot/512, its size only");
    }
  }

  @Test
  void startsOneTransferForARequestThatArrivesTwice() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.request("boot/512");
      client.request("boot/512");
      client.receiveBlock(1);
      client.acknowledge(1);
      client.receiveBlock(2);
      client.acknowledge(2);

      events.await(Step.TFTP_DONE);
    }
    assertThat(events.seen().stream().map(Event::step))
        .containsExactly(Step.TFTP_START, Step.TFTP_DONE);
  }

  @Test
  void describesEveryMetric() throws Exception {
    fetch(Client.CURL, server.address(), 512, 512);
    events.await(Step.TFTP_DONE);

    assertThat(registry.getMeters())
        .isNotEmpty()
        .allMatch(meter -> meter.getId().getDescription() != null);
  }

  @Test
  void saysThatAnotherServerHasThePort() {
    TftpSettings settings = settings(server.address().getPort(), 1, PATIENT);

    assertThatThrownBy(() -> TftpServer.start(settings, services(events)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot listen on UDP 127.0.0.1:" + server.address().getPort())
        .hasMessageContaining("Address already in use");
  }

  /** The first of them makes the counter. */
  private void awaitCount(String result, int count) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (countOf(result) < count) {
      assertThat(System.nanoTime()).as(result).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private double countOf(String result) {
    return registry.find("kiln.tftp.requests").tag("result", result).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private TftpServer start(int transfers, Duration retransmitAfter) {
    TftpSettings settings = settings(0, transfers, retransmitAfter);
    return TftpServer.start(settings, services(events));
  }

  private TftpServices services(EventLog log) {
    return new TftpServices(
        name -> Optional.ofNullable(files.get(name)).map(ByteBuffer::duplicate),
        log,
        address -> Optional.of(MAC),
        registry,
        InstantSource.system());
  }

  private static TftpSettings settings(int port, int transfers, Duration retransmitAfter) {
    return new TftpSettings(
        LOOPBACK,
        port,
        new ServedNetworks(List.of(Ipv4Network.parse(LOOPBACK_NETWORK))),
        1468,
        transfers,
        transfers,
        TftpSettings.REQUESTS,
        retransmitAfter);
  }

  private void fetch(Client client, InetSocketAddress from, int size, int blockSize)
      throws Exception {
    Path local = folder.resolve("fetched");
    Files.deleteIfExists(local);

    TestProcess.run(client.command(from, "boot/" + size, local, blockSize).toArray(String[]::new));

    assertThat(Files.mismatch(local, folder.resolve("stored-" + size)))
        .as("%s fetching %d octets", client, size)
        .isEqualTo(-1);
  }

  private TestProcess get(String file) throws IOException {
    // --path-as-is: curl would resolve the dots itself.
    return TestProcess.start("curl", "-sS", "--path-as-is", url(file));
  }

  private String url(String file) {
    return "tftp://127.0.0.1:" + server.address().getPort() + "/" + file;
  }
}
