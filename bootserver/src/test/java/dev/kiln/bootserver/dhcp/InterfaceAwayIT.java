package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.RunningServer;
import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestNetwork.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server, while the interface of the boot network is deleted and made again. */
class InterfaceAwayIT {
  private static final String SCRIPT = "/ipxe?mac=" + ServerFixture.MAC;

  @TempDir private Path files;
  private ServerFixture fixture;
  private TestNetwork network;
  private TestNetwork other;

  @BeforeEach
  void makeNetworks() throws Exception {
    network = new TestNetwork(1);
    other = new TestNetwork(1);
    fixture = ServerFixture.in(files);
  }

  @AfterEach
  void stop() throws Exception {
    // This one first: of the other the interface may be away.
    other.close();
    network.close();
  }

  @Test
  void answersOverAnotherInterfaceMeanwhileAndMachinesWhenItIsBack() throws Exception {
    try (RunningServer server = start("address: " + other.address(1) + ", ")) {
      Client asker = other.client(0);
      asker.run("ip", "address", "add", other.address(60) + "/24", "dev", asker.name());
      assertThat(get(asker, other.address(1), "/readyz")).isEqualTo("ready\n200");
      assertThat(LiveDhcp.lease(network.client(0), files)).isNotNull();

      network.deleteBridge();

      awaitReadiness(asker, other.address(1), "not ready: dhcp\n503");
      assertThat(get(asker, other.address(1), SCRIPT)).contains("kernel ").endsWith("200");
      assertThat(get(asker, other.address(1), "/healthz")).isEqualTo("ok\n200");
      String seed = fixture.seed("node-1", ServerFixture.MAC) + "user-data";
      assertThat(get(asker, other.address(1), seed)).startsWith("#cloud-config").endsWith("200");

      network.makeBridge();

      awaitReadiness(asker, other.address(1), "ready\n200");
      assertThat(LiveDhcp.lease(network.client(0), files)).isNotNull();
      assertThat(loaderByTftp(network.client(0))).isEqualTo("uefi loader");
    }
  }

  @Test
  void answersOnTheSameInterfaceWhenItIsBack() throws Exception {
    try (RunningServer server = start("")) {
      Client machine = network.client(0);
      LiveDhcp.lease(machine, files);
      assertThat(get(machine, network.address(1), SCRIPT)).contains("kernel ");

      network.deleteBridge();
      network.makeBridge();

      awaitReadiness(machine, network.address(1), "ready\n200");
      assertThat(LiveDhcp.lease(machine, files)).isNotNull();
      assertThat(get(machine, network.address(1), SCRIPT)).contains("kernel ").endsWith("200");
    }
  }

  private RunningServer start(String http) throws IOException {
    Files.writeString(
        fixture.config(),
        """
        network: {interface: %s, address: %s, subnet: %s}
        dhcp: {pool: %s-%s}
        http: {%sport: %d}
        directories: {images: images, state: state, machines: machines, groups: groups}
        loaders: {directory: ipxe}
        """
            .formatted(
                network.bridge(),
                network.address(1),
                network.network(),
                network.address(50),
                network.address(60),
                http,
                fixture.uri("/").getPort()));
    return fixture.start();
  }

  private void awaitReadiness(Client asker, Ipv4Address at, String wanted) {
    LiveDhcp.await(
        () -> {
          try {
            return get(asker, at, "/readyz").equals(wanted);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** What came, and the status; nobody waits long for who is away. */
  private String get(Client asker, Ipv4Address at, String path)
      throws IOException, InterruptedException {
    return asker
        .run(
            "curl",
            "-s",
            "--max-time",
            "60",
            "-w",
            "%{http_code}",
            "http://" + at + ":" + fixture.uri("/").getPort() + path)
        .strip();
  }

  private String loaderByTftp(Client client) throws Exception {
    Path file = files.resolve("loaded");
    client.run(
        "busybox", "tftp", "-g", "-r", "ipxe.efi", "-l", file.toString(), "" + network.address(1));
    return Files.readString(file);
  }
}
