package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventText;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.TestNetwork;
import dev.kiln.bootserver.net.TestProcess;
import dev.kiln.bootserver.tftp.LoaderSource;
import dev.kiln.bootserver.tftp.TftpServer;
import dev.kiln.bootserver.tftp.TftpServices;
import dev.kiln.bootserver.tftp.TftpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real firmware asks for an address, loads what it is told, and comes to the script. */
class FirmwareST {
  private static final MacAddress MAC = MacAddress.parse("52:54:00:77:01:00");
  private static final Path LOADERS = Path.of("/usr/lib/ipxe");
  private static final Path OVMF = Path.of("/usr/share/OVMF");
  private static final Step SCRIPT = Step.BOOT_SCRIPT;

  private final Events events = new Events();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  @TempDir private Path files;
  private TestNetwork network;
  private HttpServer http;
  private DhcpServer dhcp;
  private TftpServer tftp;

  @BeforeEach
  void startServers() throws Exception {
    network = new TestNetwork(0);
    http = HttpServer.create(new InetSocketAddress(network.address(1).toInet(), 0), 0);
    serve("/boot.ipxe", SCRIPT, "#!ipxe\nshell\n".getBytes(StandardCharsets.US_ASCII));
    serve("/loaders/ipxe.efi", Step.LOADER, Files.readAllBytes(LOADERS.resolve("ipxe.efi")));
    http.start();
    dhcp = DhcpServer.start(settings(Duration.ofHours(1)), services());
    tftp =
        TftpServer.start(
            TftpSettings.of(network.address(1), new ServedNetworks(List.of(network.network()))),
            new TftpServices(
                new LoaderSource(
                    new KeptLoaders(
                        Map.of(new LoaderName("ipxe.efi"), LOADERS.resolve("ipxe.efi")))),
                events,
                dhcp.resolver(),
                registry,
                InstantSource.system()));
  }

  @AfterEach
  void stopServers() throws Exception {
    tftp.close();
    dhcp.close();
    http.stop(0);
    network.close();
  }

  @Test
  void bringsBiosIpxeToItsScript() throws Exception {
    try (TestProcess machine = qemu("-device", "virtio-net-pci,netdev=n0,mac=" + MAC)) {
      events.await(SCRIPT);
    }
    assertThat(details(Step.DHCP_OFFER)).allMatch(it -> it.endsWith("iPXE runs a script"));
  }

  @Test
  void bringsUefiPxeByTftpToIpxeAndItsScript() throws Exception {
    try (TestProcess machine = uefi("IPv6PXESupport")) {
      events.await(SCRIPT);
    }
    assertThat(details(Step.TFTP_DONE))
        .singleElement()
        .asString()
        .contains("ipxe.efi, " + Files.size(LOADERS.resolve("ipxe.efi")) + " bytes");
    assertThat(events.seen())
        .filteredOn(event -> event.step().label().startsWith("tftp-"))
        .allMatch(event -> event.mac().equals(Optional.of(MAC)))
        .noneMatch(event -> event.step() == Step.TFTP_ABORT);
  }

  @Test
  void bringsUefiHttpBootToIpxeAndItsScript() throws Exception {
    try (TestProcess machine = uefi("IPv4PXESupport", "IPv6PXESupport")) {
      events.await(Step.LOADER);
      events.await(SCRIPT);
    }
    assertThat(details(Step.DHCP_OFFER))
        .anyMatch(it -> it.endsWith("UEFI_X64_HTTP firmware loads by HTTP"));
  }

  @Test
  void waitsInIpxeWithoutLosingItsAddressOrItsCard() throws Exception {
    dhcp.close();
    dhcp = DhcpServer.start(settings(Duration.ofMinutes(1)), services());
    serveTheScriptsOfAMachineThatWaits();
    // Nothing is behind the first card: the one that boots is the second.
    try (TestProcess machine =
        qemu(
            "-netdev",
            "hubport,id=n1,hubid=1",
            "-device",
            "virtio-net-pci,netdev=n1,mac=52:54:00:77:01:01",
            "-device",
            "virtio-net-pci,netdev=n0,mac=" + MAC)) {
      Event leased = events.await(Step.DHCP_ACK);
      for (int renewal = 0; renewal < 2; renewal++) {
        Event again = events.await(Step.DHCP_ACK);
        assertThat(again.values()).isEqualTo(leased.values());
        assertThat(Duration.between(leased.at(), again.at())).isLessThan(Duration.ofMinutes(1));
        leased = again;
      }
      events.await(Step.WAITING);

      // iPXE closes a card whose DHCP gets no answer.
      dhcp.close();
      for (int ask = 0; ask < 5; ask++) {
        events.await(Step.WAITING);
      }
    }
    assertThat(details(Step.WAITING))
        .allMatch(query -> query.startsWith("mac=" + MAC.hyphens() + "&"));
  }

  private void serveTheScriptsOfAMachineThatWaits() {
    BootDocuments documents =
        new BootDocuments(
            addresses(), Optional.empty(), Optional.of(new LeaseTime(Duration.ofMinutes(1))));
    http.removeContext("/boot.ipxe");
    serve("/boot.ipxe", SCRIPT, documents.identify().getBytes(StandardCharsets.US_ASCII));
    serve(
        "/ipxe",
        Step.WAITING,
        documents.script(new BootPlan.Wait("nobody")).getBytes(StandardCharsets.US_ASCII));
  }

  private List<String> details(Step step) {
    return events.seen().stream().filter(event -> event.step() == step).map(EventText::of).toList();
  }

  private TestProcess uefi(String... switchedOff) throws IOException, InterruptedException {
    Path variables = Files.copy(OVMF.resolve("OVMF_VARS_4M.fd"), files.resolve("variables"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-drive",
                "if=pflash,format=raw,unit=0,readonly=on,file=" + OVMF.resolve("OVMF_CODE_4M.fd"),
                "-drive",
                "if=pflash,format=raw,unit=1,file=" + variables,
                "-device",
                // Without its ROM the firmware's own PXE and HTTP are used.
                "virtio-net-pci,netdev=n0,romfile=,mac=" + MAC));
    for (String feature : switchedOff) {
      arguments.add("-fw_cfg");
      arguments.add("name=opt/org.tianocore/" + feature + ",string=n");
    }
    return qemu(arguments.toArray(String[]::new));
  }

  private TestProcess qemu(String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ("qemu-system-x86_64 -M q35 -accel tcg -cpu max -m 512 -display none -nodefaults"
                        + " -no-reboot -serial stdio -object rng-random,id=r0,filename=/dev/urandom"
                        + " -device virtio-rng-pci,rng=r0 -netdev tap,id=n0,script=no,downscript=no"
                        + ",ifname="
                        + network.addTap())
                    .split(" ")));
    command.addAll(List.of(more));
    return TestProcess.start(command.toArray(String[]::new));
  }

  private void serve(String path, Step step, byte[] content) {
    http.createContext(
        path,
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
          exchange.sendResponseHeaders(200, head ? -1 : content.length);
          if (!head) {
            exchange.getResponseBody().write(content);
            String query = exchange.getRequestURI().getQuery();
            events.record(Events.seen(Instant.now(), MAC, step, query == null ? path : query));
          }
          exchange.close();
        });
  }

  private BootAddresses addresses() {
    return new BootAddresses(
        URI.create("http://" + network.address(1) + ":" + http.getAddress().getPort()));
  }

  private DhcpServices services() {
    BootAddresses addresses = addresses();
    AssignBoot assign =
        new AssignBoot(
            new Inventory(List.of(), List.of()),
            new ImageCatalogue.Snapshot(Map.of(), Map.of(), Map.of()),
            LabSettings.LOADERS,
            addresses);
    return new DhcpServices(
        new LeasesInMemory(InstantSource.system()),
        assign::assign,
        addresses,
        events,
        registry,
        InstantSource.system());
  }

  private DhcpSettings settings(Duration lease) {
    return new DhcpSettings(
        DhcpEndpoint.of(new InterfaceName(network.bridge())),
        new Subnet(
            network.network(),
            network.address(1),
            Optional.of(new Ipv4Range(network.address(50), network.address(60))),
            Optional.empty(),
            List.of(),
            Optional.empty()),
        new LeaseTime(lease));
  }
}
