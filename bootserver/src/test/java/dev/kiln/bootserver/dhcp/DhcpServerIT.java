package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.Reservation;
import dev.kiln.bootserver.lease.Reservations;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestNetwork.Client;
import dev.kiln.bootserver.net.TestProcess;
import dev.kiln.failure.KilnException;
import dev.kiln.node.facts.Hostname;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a real interface, with the DHCP clients that people run. */
class DhcpServerIT {
  /** Uses the address, and says so in one line. */
  private static final String CONFIGURE =
      """
      #!/bin/sh
      address=${ip:-$new_ip_address}
      mask=${subnet:-$new_subnet_mask}
      case ${1:-$reason} in
        bound|BOUND|REBOOT) ip address replace "$address/${mask:-24}" dev "$interface";;
        deconfig|RELEASE|EXPIRE|FAIL) ip address flush dev "$interface";;
      esac
      echo "got ${1:-$reason} address=$address mask=$mask routers=${router:-$new_routers}" \
        "dns=${dns:-$new_domain_name_servers} name=${hostname:-$new_host_name}" \
        "domain=${domain:-$new_domain_name} time=${lease:-$new_dhcp_lease_time}"
      """;

  private final Events events = new Events();
  private final LeasesInMemory leases = new LeasesInMemory(InstantSource.system());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  @TempDir private Path files;
  private TestNetwork network;
  private DhcpServer server;

  @BeforeEach
  void startServer() throws Exception {
    network = new TestNetwork(3);
    server = start();
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
    network.close();
  }

  @Test
  void leasesRenewsAndReleasesForUdhcpc() throws Exception {
    Client client = network.client(1);
    try (TestProcess udhcpc =
        client.start(
            "busybox", "udhcpc", "-f", "-i", client.name(), "-s", script(), "-O", "hostname")) {
      String bound = udhcpc.line(line -> line.startsWith("got bound"));
      udhcpc.signal("USR1");
      String renewed = udhcpc.line(line -> line.startsWith("got renew"));
      udhcpc.signal("USR2");
      events.await(Step.DHCP_RELEASE);

      assertThat(bound).contains("routers=" + network.address(254)).endsWith("time=3600");
      assertThat(renewed).contains(field(bound, "address"));
    }
    Lease released = leaseOf(client).orElseThrow();
    assertThat(released.holdsAt(Instant.now())).isFalse();
    assertThat(count("release")).isEqualTo(1);
    // One for the lease, one for its renewal; who gets no answer in three seconds asks again.
    assertThat(count("ack")).isBetween(2.0, count("request"));
  }

  @Test
  void tellsAReservedMachineItsAddressAndName() throws Exception {
    Client client = network.client(0);
    try (TestProcess dhclient = dhclient(client, "first")) {
      String bound = dhclient.line(line -> line.startsWith("got BOUND"));

      assertThat(bound)
          .contains("address=" + network.address(200) + " ")
          .contains("mask=255.255.255.0")
          .contains("dns=" + network.address(1) + " ")
          .contains("name=anna ")
          .contains("domain=lab.example");
    }
  }

  @Test
  void givesARebootedDhclientItsAddressBack() throws Exception {
    Client client = network.client(1);
    String bound;
    try (TestProcess dhclient = dhclient(client, "same")) {
      bound = dhclient.line(line -> line.startsWith("got BOUND"));
      // It writes its lease down after its script has run.
      dhclient.line(line -> line.startsWith("bound to"));
    }
    double discovers = count("discover");
    try (TestProcess dhclient = dhclient(client, "same")) {
      String again = dhclient.line(line -> line.startsWith("got REBOOT"));
      assertThat(field(again, "address")).isEqualTo(field(bound, "address"));
    }
    assertThat(count("discover")).isEqualTo(discovers);
  }

  @Test
  void refusesADhclientThatComesFromAnotherNetworkAndGivesItAnAddressHere() throws Exception {
    Client client = network.client(1);
    Files.writeString(
        files.resolve("moved.leases"),
        """
        lease {
          interface "%s";
          fixed-address 192.0.2.7;
          option subnet-mask 255.255.255.0;
          option dhcp-lease-time 86400;
          option dhcp-message-type 5;
          option dhcp-server-identifier 192.0.2.1;
          renew never; rebind never; expire never;
        }
        """
            .formatted(client.name()));
    try (TestProcess dhclient = dhclient(client, "moved")) {
      events.await(Step.DHCP_NAK);
      String bound = dhclient.line(line -> line.startsWith("got BOUND"));

      assertThat(network.network().contains(Ipv4Address.parse(field(bound, "address")))).isTrue();
    }
  }

  @Test
  void offersAnotherAddressAfterADecline() throws Exception {
    Client client = network.client(1);
    // dhclient declines an address when its script does not end well.
    String first = files.resolve("declined-once").toString();
    Path picky =
        writeScript(
            "picky",
            CONFIGURE
                + "[ \"$reason\" != BOUND ] || [ -e "
                + first
                + " ] || { > "
                + first
                + "; exit 1; }\n");
    try (TestProcess dhclient = dhclient(client, "picky", picky)) {
      String declined = dhclient.line(line -> line.startsWith("got BOUND"));
      events.await(Step.DHCP_DECLINE);
      String bound = dhclient.line(line -> line.startsWith("got BOUND"));

      assertThat(field(bound, "address")).isNotEqualTo(field(declined, "address"));
    }
    assertThat(count("decline")).isEqualTo(1);
  }

  @Test
  void leasesToDhcpcdAndInformsIt() throws Exception {
    Client client = network.client(1);
    String script = script();
    client.run("dhcpcd", "-4", "-1", "-B", "-A", "-t", "60", "-c", script, client.name());
    IpAddress address = leaseOf(client).orElseThrow().address();
    client.run("ip", "address", "replace", address + "/24", "dev", client.name());

    client.run(
        "dhcpcd",
        "-4",
        "-1",
        "-B",
        "-A",
        "-t",
        "60",
        "-c",
        script,
        "-s",
        address + "/24",
        client.name());

    // What dhcpcd keeps has its place in the system, whatever it is told.
    Files.deleteIfExists(Path.of("/var/lib/dhcpcd", client.name() + ".lease"));
    assertThat(count("inform")).isPositive();
    assertThat(events.await(Step.DHCP_INFORM).mac()).contains(MacAddress.parse(client.mac()));
  }

  @Test
  void takesAReservationThatChangedWhileItRuns() throws Exception {
    Client client = network.client(0);
    server.reserve(reserving(network.address(201)));

    try (TestProcess dhclient = dhclient(client, "moved")) {
      assertThat(dhclient.line(line -> line.startsWith("got BOUND")))
          .contains("address=" + network.address(201) + " ");
    }
  }

  @Test
  void givesTwoMachinesThatStartTogetherTwoAddresses() throws Exception {
    String script = script();
    String[] udhcpc = {"busybox", "udhcpc", "-f", "-q", "-n", "-s", script, "-i"};
    try (TestProcess one = start(network.client(1), udhcpc);
        TestProcess two = start(network.client(2), udhcpc)) {
      String first = field(one.line(line -> line.startsWith("got bound")), "address");
      String second = field(two.line(line -> line.startsWith("got bound")), "address");

      assertThat(first).isNotEqualTo(second);
    }
    assertThat(count("nak")).isZero();
  }

  @Test
  void remembersLeasesWhenItStartsAgain() throws Exception {
    Client client = network.client(1);
    try (TestProcess dhclient = dhclient(client, "same")) {
      // Later than "got BOUND": its lease is written down by now.
      dhclient.line(line -> line.startsWith("bound to"));
    }
    server.close();
    server = start();

    try (TestProcess dhclient = dhclient(client, "same")) {
      dhclient.line(line -> line.startsWith("got REBOOT"));
    }
    IpAddress address = leaseOf(client).orElseThrow().address();
    assertThat(server.resolver().resolve(address)).contains(MacAddress.parse(client.mac()));
  }

  @Test
  void saysWhatIsWrongWithItsInterface() {
    DhcpSettings settings = settings("kiln-absent", network.address(1));

    assertThatThrownBy(() -> DhcpServer.start(settings, services()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("there is no network interface kiln-absent");
  }

  @Test
  void saysWhatIsWrongWithItsAddress() {
    DhcpSettings settings = settings(network.bridge(), network.address(9));

    assertThatThrownBy(() -> DhcpServer.start(settings, services()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("does not have the address " + network.address(9));
  }

  @Test
  void saysThatAnotherServerHasThePort() {
    DhcpSettings settings = settings(network.bridge(), network.address(1));

    assertThatThrownBy(() -> DhcpServer.start(settings, services()))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot listen on UDP 0.0.0.0:67 on " + network.bridge())
        .hasMessageContaining("Address already in use");
  }

  private DhcpServer start() {
    DhcpServer started =
        DhcpServer.start(settings(network.bridge(), network.address(1)), services());
    started.reserve(reserving(network.address(200)));
    return started;
  }

  private Reservations reserving(Ipv4Address address) {
    return new Reservations(
        Map.of(
            ClientId.of(MacAddress.parse(network.client(0).mac())),
            new Reservation(address, Optional.of(new Hostname("anna")))));
  }

  private DhcpServices services() {
    return new DhcpServices(
        leases,
        lab().decider()::assign,
        LabSettings.ADDRESSES,
        events,
        registry,
        InstantSource.system());
  }

  private DhcpSettings settings(String bridge, Ipv4Address address) {
    return new DhcpSettings(
        DhcpEndpoint.of(new InterfaceName(bridge)),
        new Subnet(
            network.network(),
            address,
            Optional.of(new Ipv4Range(network.address(50), network.address(150))),
            Optional.of(network.address(254)),
            List.of(network.address(1)),
            Optional.of("lab.example")),
        new LeaseTime(Duration.ofHours(1)));
  }

  private static TestProcess start(Client client, String[] program) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(program));
    command.add(client.name());
    return client.start(command.toArray(String[]::new));
  }

  private TestProcess dhclient(Client client, String lease) throws IOException {
    return dhclient(client, lease, Path.of(script()));
  }

  private TestProcess dhclient(Client client, String lease, Path script) throws IOException {
    return client.start(
        "dhclient",
        "-4",
        "-d",
        "-cf",
        "/dev/null",
        "-lf",
        files.resolve(lease + ".leases").toString(),
        "-pf",
        files.resolve(lease + ".pid").toString(),
        "-sf",
        script.toString(),
        client.name());
  }

  private String script() throws IOException {
    return writeScript("configure", CONFIGURE).toString();
  }

  private Path writeScript(String name, String text) throws IOException {
    Path script = files.resolve(name);
    if (!Files.exists(script)) {
      Files.writeString(script, text);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return script;
  }

  private Optional<Lease> leaseOf(Client client) {
    MacAddress mac = MacAddress.parse(client.mac());
    SubnetId here = SubnetId.of(network.network());
    return leases.list(here).toCompletableFuture().join().stream()
        .filter(lease -> lease.belongsTo(ClientId.of(mac)))
        .findFirst();
  }

  private double count(String type) {
    return registry.get("kiln.dhcp.packets").tag("type", type).counter().count();
  }

  private static String field(String line, String name) {
    return line.replaceFirst(".*\\b" + name + "=(\\S*).*", "$1");
  }
}
