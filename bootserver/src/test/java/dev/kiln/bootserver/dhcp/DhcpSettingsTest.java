package dev.kiln.bootserver.dhcp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpSettingsTest {
  private static final MacAddress ANNA = MacAddress.parse("52:54:00:00:00:0a");
  private static final MacAddress BERT = MacAddress.parse("52:54:00:00:00:0b");
  private static final URI SCRIPT = URI.create("http://10.77.0.1/boot.ipxe");

  @Test
  void reportsEveryContradictionAtOnce() {
    Subnet subnet = subnet("10.77.0.0/24", "10.77.0.1-10.77.0.99");

    assertThatThrownBy(
            () ->
                new DhcpSettings(
                    DhcpEndpoint.of("eth0", Ipv4Address.parse("10.77.0.1")),
                    subnet,
                    Duration.ofSeconds(1),
                    Map.of(ANNA, reservation("10.77.0.200"), BERT, reservation("10.77.0.200")),
                    new BootTargets(SCRIPT, Map.of(), Map.of())))
        .hasMessageContaining("a lease lasts from one minute")
        .hasMessageContaining("the server's own address 10.77.0.1 is in the pool")
        .hasMessageContaining(
            "10.77.0.200 is reserved for 52:54:00:00:00:0a and for 52:54:00:00:00:0b");
  }

  @Test
  void refusesAReservationOutsideTheSubnet() {
    Subnet subnet = subnet("10.77.0.0/24", "10.77.0.50-10.77.0.99");

    assertThatThrownBy(
            () ->
                new DhcpSettings(
                    DhcpEndpoint.of("eth0", Ipv4Address.parse("10.77.0.1")),
                    subnet,
                    Duration.ofHours(1),
                    Map.of(ANNA, reservation("10.78.0.5")),
                    new BootTargets(SCRIPT, Map.of(), Map.of())))
        .hasMessageContaining("10.78.0.5, reserved for 52:54:00:00:00:0a");
  }

  @Test
  void refusesAPoolThatHoldsTheBroadcastAddress() {
    assertThatThrownBy(() -> subnet("10.77.0.0/24", "10.77.0.50-10.77.0.255"))
        .hasMessageContaining("must lie within 10.77.0.0/24");
  }

  @Test
  void refusesAPoolThatHoldsTheRouter() {
    Ipv4Network network = Ipv4Network.parse("10.77.0.0/24");
    Optional<Ipv4Range> pool = Optional.of(Ipv4Range.parse("10.77.0.50-10.77.0.99"));
    Optional<Ipv4Address> router = Optional.of(Ipv4Address.parse("10.77.0.60"));

    assertThatThrownBy(() -> new Subnet(network, pool, router, List.of(), Optional.empty()))
        .hasMessageContaining("the router 10.77.0.60 is in the pool");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://10.77.0.1/x", "http://", "boot.ipxe"})
  void refusesABootAddressThatIsNoHttpUrl(String url) {
    assertThatThrownBy(() -> new BootTargets(URI.create(url), Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnHttpUrlForFirmwareThatOnlyKnowsTftp() {
    Map<ClientArchitecture, URI> wrong = Map.of(ClientArchitecture.BIOS, SCRIPT);

    assertThatThrownBy(() -> new BootTargets(SCRIPT, Map.of(), wrong))
        .hasMessageContaining("BIOS firmware loads by TFTP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a name", "eth0/1", "averyverylonginterface"})
  void refusesAnInterfaceNameThatLinuxCannotHave(String name) {
    Ipv4Address address = Ipv4Address.parse("10.77.0.1");

    assertThatThrownBy(() -> DhcpEndpoint.of(name, address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a.b", "a_b"})
  void refusesAHostNameThatIsNone(String name) {
    Ipv4Address address = Ipv4Address.parse("10.77.0.5");

    assertThatThrownBy(() -> new Reservation(address, Optional.of(name)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Subnet subnet(String network, String pool) {
    return new Subnet(
        Ipv4Network.parse(network),
        Optional.of(Ipv4Range.parse(pool)),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Reservation reservation(String address) {
    return new Reservation(Ipv4Address.parse(address), Optional.empty());
  }
}
