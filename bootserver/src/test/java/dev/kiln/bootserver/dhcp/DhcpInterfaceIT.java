package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestProcess;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The server's interface comes and goes, and has more than one address. */
class DhcpInterfaceIT {
  private final Events events = new Events();
  private final LeasesInMemory leases = new LeasesInMemory(InstantSource.system());
  private final Logger logger = (Logger) LoggerFactory.getLogger(FollowInterface.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path files;
  private TestNetwork network;
  private DhcpServer server;

  @BeforeEach
  void startServer() throws Exception {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    network = new TestNetwork(2);
    network.addAddress(9);
    server = LiveDhcp.start(network, 9, leases, events, 50, 60);
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
    network.close();
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void answersOnAnInterfaceThatWasDeletedAndMadeAgain() throws Exception {
    network.deleteBridge();
    LiveDhcp.await(() -> !server.answering());
    LiveDhcp.await(() -> !said().isEmpty());
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("DHCP is silent: there is no network interface " + network.bridge());

    network.makeBridge();
    LiveDhcp.await(() -> said().size() > 1);
    assertThat(server.answering()).isFalse();
    network.addAddress(9);
    LiveDhcp.await(server::answering);

    assertThat(LiveDhcp.lease(network.client(0), files)).isNotNull();
    LiveDhcp.await(() -> said().size() > 2);
    assertThat(said().get(1)).contains("does not have the address " + network.address(9));
    assertThat(said().get(2)).isEqualTo("DHCP answers again on " + network.bridge() + ".");
  }

  @Test
  void answersOnAnInterfaceThatWasMadeAgainBetweenTwoLooks() throws Exception {
    network.deleteBridge();
    network.makeBridge();
    network.addAddress(9);

    assertThat(LiveDhcp.lease(network.client(0), files)).isNotNull();
  }

  @Test
  void isNotReadyWhileItsInterfaceIsSwitchedOff() throws Exception {
    TestProcess.run("ip", "link", "set", network.bridge(), "down");
    LiveDhcp.await(() -> !server.answering());

    TestProcess.run("ip", "link", "set", network.bridge(), "up");
    LiveDhcp.await(server::answering);

    assertThat(said().get(0)).contains("is switched off");
    assertThat(LiveDhcp.lease(network.client(0), files)).isNotNull();
  }

  @Test
  void answersFromTheAddressThatItsRepliesName() throws Exception {
    try (TestProcess dhclient =
        network
            .client(0)
            .start(
                "dhclient",
                "-4",
                "-d",
                "-cf",
                "/dev/null",
                "-lf",
                files.resolve("leases").toString(),
                "-pf",
                files.resolve("pid").toString(),
                "-sf",
                "/bin/true",
                network.client(0).name())) {
      assertThat(dhclient.line(line -> line.startsWith("DHCPOFFER")))
          .endsWith(" from " + network.address(9));
      assertThat(dhclient.line(line -> line.startsWith("DHCPACK")))
          .endsWith(" from " + network.address(9));
    }
  }

  @Test
  void knowsARenewalByTheAddressThatItCameTo() throws Exception {
    Ipv4Address address = LiveDhcp.lease(network.client(0), files);
    try (TestProcess udhcpc =
        network
            .client(0)
            .start(
                "busybox",
                "udhcpc",
                "-f",
                "-i",
                network.client(0).name(),
                "-s",
                files.resolve("use").toString())) {
      udhcpc.line(line -> line.startsWith("got " + address));
      udhcpc.signal("USR1");
      events.await(Step.DHCP_ACK);
      events.await(Step.DHCP_ACK);
      assertThat(events.awaitText(Step.DHCP_REQUEST)).startsWith(address + ", RENEWING");
    }
  }

  @Test
  void leavesItsPortToNobodyElse() {
    for (Ipv4Address address : List.of(network.address(9), Ipv4Address.NONE)) {
      assertThatThrownBy(
              () -> {
                try (DatagramSocket other = new DatagramSocket(null)) {
                  other.setReuseAddress(true);
                  other.bind(new InetSocketAddress(address.toInet(), 67));
                }
              })
          .isInstanceOf(BindException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  private List<String> said() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
