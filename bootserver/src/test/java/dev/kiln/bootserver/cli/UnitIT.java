package dev.kiln.bootserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that is shipped: systemd reads it, and what it grants is enough. */
class UnitIT {
  private static final Path UNIT = Path.of("src/main/etc/bootserver.service");

  @TempDir private Path directory;

  @Test
  void isTakenBySystemdWithoutAWord() throws Exception {
    String text =
        Files.readString(UNIT)
            .replace("/opt/kiln/bootserver/bin/bootserver", "/bin/true")
            .replaceAll("(User|Group)=kiln", "$1=root");
    Path unit = Files.writeString(directory.resolve("bootserver.service"), text);

    assertThat(TestProcess.run("systemd-analyze", "verify", unit.toString())).isEmpty();
  }

  @Test
  void servesDhcpAndTftpAsAUserOfItsOwnWithTheTwoCapabilitiesItGrants() throws Exception {
    try (TestNetwork network = new TestNetwork(1)) {
      ServerFixture fixture = fixture(network);
      TestProcess.run("chown", "-R", "nobody", directory.toString());
      String granted =
          capabilities().stream().map(name -> "+" + name).collect(Collectors.joining(","));
      try (TestProcess server =
          TestProcess.start(
              "setpriv",
              "--reuid=nobody",
              "--regid=nogroup",
              "--clear-groups",
              "--no-new-privs",
              "--bounding-set=-all," + granted,
              "--inh-caps=-all," + granted,
              "--ambient-caps=-all," + granted,
              program(),
              "serve",
              "--config",
              fixture.config().toString())) {
        server.line(line -> line.startsWith("bootserver: ready (dhcp on " + network.bridge()));

        String leased =
            network
                .client(0)
                .run(
                    "busybox",
                    "udhcpc",
                    "-f",
                    "-q",
                    "-n",
                    "-s",
                    "/bin/true",
                    "-i",
                    network.client(0).name());

        assertThat(leased).contains("lease of " + network.address(50) + " obtained");
      }
    }
  }

  private static List<String> capabilities() throws IOException {
    return Files.readAllLines(UNIT).stream()
        .filter(line -> line.startsWith("AmbientCapabilities="))
        .flatMap(line -> Arrays.stream(line.substring(line.indexOf('=') + 1).split(" ")))
        .map(name -> name.replaceFirst("^CAP_", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private ServerFixture fixture(TestNetwork network) throws IOException {
    ServerFixture fixture = ServerFixture.in(directory);
    Files.writeString(
        fixture.config(),
        """
        network: {interface: %s, address: %s, subnet: %s}
        dhcp: {pool: %s-%s}
        http: {port: 80}
        directories: {images: images, state: state, machines: machines, groups: groups}
        loaders: {directory: ipxe}
        """
            .formatted(
                network.bridge(),
                network.address(1),
                network.network(),
                network.address(50),
                network.address(50)));
    return fixture;
  }

  private static String program() throws IOException {
    return Path.of("../scripts/bootserver").toRealPath().toString();
  }
}
