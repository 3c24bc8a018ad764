package dev.kiln.bootserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir private Path root = Path.of("");
  private ServerFixture fixture;

  @BeforeEach
  void writeGoodFiles() throws IOException {
    fixture = ServerFixture.in(root);
  }

  @Test
  void readsAGoodConfiguration() {
    ConfigReader.Checked checked = ConfigReader.read(fixture.config());

    Config config = checked.config();
    assertThat(config.interfaceName()).hasToString("lo");
    assertThat(config.dhcp()).isEmpty();
    assertThat(config.server()).isEqualTo(fixture.uri(""));
    assertThat(config.directories().images()).isEqualTo(root.resolve("images"));
    assertThat(checked.inventory().inventory().inventory().named("node-1")).isPresent();
  }

  @Test
  void namesEveryProblemOfTheFileAtOnce() {
    assertThat(
            problemsOf(
                """
                network:
                  interface: lo
                  address: 10.77.0.256
                  subnet: 10.77.0.1/24
                  gateway: 10.77.0.1
                dhcp:
                  pool: 10.77.0.9-10.77.0.1
                  leaseTime: 5s
                http:
                  port: 70000
                directories:
                  images: images
                  machines: 1
                extra: true
                """))
        .containsExactly(
            "3: an IPv4 address is written 10.77.0.1, not '10.77.0.256'",
            "4: 10.77.0.1/24 is an address in a network; the network is 10.77.0.0/24",
            "5: 'network' has no key 'gateway'",
            "7: the range 10.77.0.9-10.77.0.1 ends before it begins",
            "8: a lease lasts from 1m to 365d, not 5s",
            "10: a whole number must stand here",
            "12: 'directories' needs 'state'",
            "12: 'directories' needs 'groups'",
            "13: a text must stand here; YAML reads 1 as a whole number",
            "14: the configuration has no key 'extra'");
  }

  @Test
  void comparesTheNetworksAddressesWithEachOtherAndWithThisMachine() {
    assertThat(
            problemsOf(
                """
                network:
                  interface: kiln-none0
                  address: 10.77.1.1
                  subnet: 10.77.0.0/24
                  router: 10.77.0.60
                dhcp:
                  pool: 10.77.0.50-10.77.0.255
                directories: {images: none, state: none, machines: none, groups: none}
                loaders:
                  directory: none
                """))
        .contains(
            "2: this machine has no network interface 'kiln-none0'",
            "3: this server's address 10.77.1.1 is not in 10.77.0.0/24",
            "7: the pool 10.77.0.50-10.77.0.255 does not lie within 10.77.0.0/24",
            "7: the pool holds the router's address 10.77.0.60",
            "8: there is no directory " + root.resolve("none") + " for the images",
            "8: the state directory " + root.resolve("none") + " cannot be written by this user",
            "10: there is no iPXE binary " + root.resolve("none/undionly.kpxe"),
            "10: there is no iPXE binary " + root.resolve("none/ipxe.efi"));
  }

  @Test
  void namesProblemsOfMachinesAndGroupsTogetherWithThoseOfTheConfiguration() throws IOException {
    fixture.machine("node-2", "macs: [\"52:54:00:12:34:56\"]\naddress: 10.0.0.1\n");
    fixture.group("gpu", "selector: {gpu: \"yes\"}\nimage: debian13\n");
    fixture.group("broken", "image: [x\n");

    KilnException refusal = refusal();

    assertThat(refusal.problems())
        .extracting(problem -> file(problem) + " " + problem.what())
        .anyMatch(text -> text.startsWith("broken.yaml"))
        .contains(
            "node-2.yaml the MAC address 52:54:00:12:34:56 stands in "
                + root.resolve("machines/node-1.yaml")
                + " too");
  }

  @Test
  void refusesAReferenceToAnImageThatIsNotThere() throws IOException {
    fixture.machine("node-2", "macs: [\"52:54:00:12:34:57\"]\naddress: 10.0.0.1\n");
    fixture.group("gpu", "selector: {gpu: \"yes\"}\nimage: debian13\n");
    Files.delete(root.resolve("images/debian12/initrd"));

    assertThat(refusal().problems())
        .extracting(Problem::what)
        .containsExactly(
            "there is no image 'debian13' on this server",
            "the image 'debian12' is damaged: "
                + root.resolve("images/debian12/initrd")
                + " is missing",
            "the address 10.0.0.1 is no machine's in 127.0.0.0/8");
  }

  @Test
  void speaksOfAServerThatRunsElsewhereWithoutItsInterface() throws IOException {
    String text = Files.readString(fixture.config());
    Files.writeString(fixture.config(), text.replace("interface: lo", "interface: kiln-none0"));

    assertThat(ConfigReader.readOnly(fixture.config()).config().interfaceName())
        .hasToString("kiln-none0");
  }

  private List<String> problemsOf(String yaml) {
    try {
      Files.writeString(fixture.config(), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return refusal().problems().stream()
        .map(problem -> problem.where().orElseThrow().line() + ": " + problem.what())
        .toList();
  }

  private KilnException refusal() {
    try {
      ConfigReader.read(fixture.config());
    } catch (KilnException e) {
      return e;
    }
    throw new AssertionError("the configuration was taken");
  }

  private static String file(Problem problem) {
    return String.valueOf(Path.of(problem.where().orElseThrow().file()).getFileName());
  }
}
