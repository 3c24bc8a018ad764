package dev.kiln.bootserver.dhcp;

import static dev.kiln.bootserver.dhcp.LabSettings.lab;
import static dev.kiln.bootserver.dhcp.codec.Requests.ANNA;
import static dev.kiln.bootserver.dhcp.codec.Requests.discover;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpOptions;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.Requests;
import dev.kiln.bootserver.lease.LeasesInMemory;
import dev.kiln.bootserver.lease.TestClock;
import dev.kiln.bootserver.net.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeReplyTest {
  private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.77.0.70");
  private static final String UEFI = "PXEClient:Arch:00007:UNDI:003016";
  private static final byte[] UUID = new byte[17];

  private final TestClock clock = new TestClock();

  private LabSettings lab = lab().reserve(ANNA, "10.77.0.70", "anna");

  @Test
  void sendsOnlyWhatIsAskedForOrRequired() {
    DhcpPacket offer = offer(discover(ANNA).asking(DhcpOption.ROUTER));

    assertThat(codes(offer)).containsExactly(53, 54, 51, 3);
  }

  @Test
  void sendsEverythingThatIsAskedFor() {
    DhcpPacket offer =
        offer(
            discover(ANNA)
                .asking(
                    DhcpOption.SUBNET_MASK,
                    DhcpOption.ROUTER,
                    DhcpOption.DOMAIN_NAME_SERVER,
                    DhcpOption.HOST_NAME,
                    DhcpOption.DOMAIN_NAME,
                    DhcpOption.BROADCAST_ADDRESS,
                    DhcpOption.RENEWAL_TIME,
                    DhcpOption.REBINDING_TIME));

    assertThat(codes(offer)).containsExactly(53, 54, 51, 58, 59, 1, 28, 3, 6, 15, 12);
    DhcpOptions options = offer.options();
    assertThat(options.address(DhcpOption.SUBNET_MASK).orElseThrow()).hasToString("255.255.255.0");
    assertThat(options.address(DhcpOption.BROADCAST_ADDRESS).orElseThrow())
        .hasToString("10.77.0.255");
    assertThat(options.octets(DhcpOption.DOMAIN_NAME_SERVER))
        .contains(new byte[] {10, 77, 0, 1, 10, 77, 0, 60});
    assertThat(options.text(DhcpOption.HOST_NAME)).contains("anna");
    assertThat(options.text(DhcpOption.DOMAIN_NAME)).contains("lab.example");
    assertThat(options.number(DhcpOption.LEASE_TIME)).contains(3600L);
    assertThat(options.number(DhcpOption.RENEWAL_TIME)).contains(1800L);
    assertThat(options.number(DhcpOption.REBINDING_TIME)).contains(3150L);
  }

  @Test
  void offersUefiItsLoaderSoThatItAsksNoFurtherServer() {
    DhcpPacket offer =
        offer(
            discover(ANNA)
                .pxe(UEFI, 7)
                .with(DhcpOption.CLIENT_MACHINE_IDENTIFIER, UUID)
                .asking(DhcpOption.TFTP_SERVER_NAME));

    assertThat(codes(offer)).containsExactly(53, 54, 51, 60, 97, 43, 66, 67);
    assertThat(offer.options().text(DhcpOption.VENDOR_CLASS)).contains("PXEClient");
    assertThat(offer.options().octets(DhcpOption.CLIENT_MACHINE_IDENTIFIER)).contains(UUID);
    assertThat(offer.options().octets(DhcpOption.VENDOR_SPECIFIC))
        .contains(new byte[] {6, 1, 8, (byte) 255});
    assertThat(offer.options().text(DhcpOption.TFTP_SERVER_NAME)).contains("10.77.0.1");
    assertThat(offer.options().text(DhcpOption.BOOT_FILE_NAME)).contains("ipxe.efi");
    assertThat(offer.header().siaddr()).isEqualTo(LabSettings.SERVER);
    assertThat(offer.header().sname()).isEqualTo("10.77.0.1");
    assertThat(offer.header().file()).isEqualTo("ipxe.efi");
  }

  @Test
  void offersUefiHttpBootItsClassAndAddress() {
    DhcpPacket offer =
        offer(
            discover(ANNA)
                .pxe("HTTPClient:Arch:00016:UNDI:003001", 16)
                .asking(DhcpOption.SUBNET_MASK));

    assertThat(codes(offer)).containsExactly(53, 54, 51, 1, 60, 67);
    assertThat(offer.options().text(DhcpOption.VENDOR_CLASS)).contains("HTTPClient");
    assertThat(offer.options().text(DhcpOption.BOOT_FILE_NAME))
        .contains("http://10.77.0.1/loaders/ipxe.efi");
  }

  @Test
  void sendsIpxeStraightToItsScript() {
    DhcpPacket offer =
        offer(
            discover(ANNA)
                .pxe(UEFI, 7)
                .with(DhcpOption.USER_CLASS, "iPXE")
                .asking(DhcpOption.SUBNET_MASK));

    // No 43 and no 60: they would make iPXE look for PXE boot servers.
    assertThat(codes(offer)).containsExactly(53, 54, 51, 1, 175, 67);
    assertThat(offer.options().octets(DhcpOption.IPXE)).contains(new byte[] {(byte) 176, 1, 1});
    assertThat(offer.header().file()).isEqualTo("http://10.77.0.1/boot.ipxe");
  }

  @Test
  void sendsALongAddressInItsOptionAlone() {
    String server = "http://10.77.0.1/" + "x".repeat(200);
    lab = lab().at(server);

    DhcpPacket offer = offer(discover(ANNA).with(DhcpOption.USER_CLASS, "iPXE"));

    assertThat(offer.options().text(DhcpOption.BOOT_FILE_NAME)).contains(server + "/boot.ipxe");
    assertThat(offer.header().file()).isEmpty();
  }

  @Test
  void leavesOutAMachineIdentifierOfAWrongForm() {
    DhcpPacket offer =
        offer(discover(ANNA).pxe(UEFI, 7).with(DhcpOption.CLIENT_MACHINE_IDENTIFIER, new byte[16]));

    assertThat(offer.options().has(DhcpOption.CLIENT_MACHINE_IDENTIFIER)).isFalse();
  }

  @Test
  void returnsTheClientIdentifierAndTheRelaysInformation() {
    Requests request =
        discover(ANNA)
            .asking(DhcpOption.ROUTER)
            .with(DhcpOption.CLIENT_IDENTIFIER, "id")
            .with(DhcpOption.RELAY_AGENT_INFORMATION, "relay")
            .relayedBy(Ipv4Address.parse("10.77.0.253"));

    assertThat(codes(offer(request))).containsExactly(53, 54, 51, 3, 61, 82);
    assertThat(codes(compose().refuse(request.packet(), "no"))).containsExactly(53, 54, 56, 61, 82);
  }

  @Test
  void writesWhatIsTheRelaysBehindEverythingElse() {
    Requests request =
        discover(ANNA)
            .asking(DhcpOption.ROUTER)
            .with(DhcpOption.USER_CLASS, "iPXE")
            .with(DhcpOption.RELAY_AGENT_INFORMATION, "relay")
            .relayedBy(Ipv4Address.parse("10.77.0.253"));

    assertThat(codes(offer(request))).containsExactly(53, 54, 51, 3, 175, 67, 82);
  }

  @Test
  void letsARelayBroadcastARefusal() {
    DhcpPacket relayed = discover(ANNA).relayedBy(Ipv4Address.parse("10.77.0.253")).packet();

    assertThat(compose().refuse(relayed, "no").header().broadcast()).isTrue();
    assertThat(compose().refuse(discover(ANNA).packet(), "no").header().broadcast()).isFalse();
  }

  private ComposeReply compose() {
    return new ComposeReply(
        lab.parts(new LeasesInMemory(clock), lab.addresses(), Runnable::run, clock));
  }

  private DhcpPacket offer(Requests request) {
    Query query = LabSettings.query(request);
    return compose().offer(query, ADDRESS, lab.decider().assign(query.boot(lab.subnet().id())));
  }

  private static List<Integer> codes(DhcpPacket packet) {
    List<Integer> codes = new ArrayList<>();
    packet.options().forEach((code, octets) -> codes.add(code));
    return codes;
  }
}
