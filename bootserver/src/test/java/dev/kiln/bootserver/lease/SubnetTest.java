package dev.kiln.bootserver.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.bootserver.net.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
  private static final Ipv4Address SERVER = Ipv4Address.parse("10.77.0.1");

  @Test
  void saysEverythingThatDoesNotAgreeAtOnce() {
    assertThatThrownBy(
            () ->
                new Subnet(
                    Ipv4Network.parse("10.77.0.0/24"),
                    SERVER,
                    Optional.of(Ipv4Range.parse("10.77.0.1-10.77.0.255")),
                    Optional.of(Ipv4Address.parse("10.78.0.1")),
                    List.of(),
                    Optional.of("-")))
        .hasMessageContaining("the pool holds the server's own address 10.77.0.1")
        .hasMessageContaining("10.77.0.255 does not lie within 10.77.0.0/24")
        .hasMessageContaining("the router 10.78.0.1 is not in 10.77.0.0/24")
        .hasMessageContaining("a domain is written lab.example.org");
  }

  @Test
  void refusesAPoolThatHoldsTheRouter() {
    Optional<Ipv4Address> router = Optional.of(Ipv4Address.parse("10.77.0.60"));

    assertThatThrownBy(
            () ->
                new Subnet(
                    Ipv4Network.parse("10.77.0.0/24"),
                    SERVER,
                    Optional.of(Ipv4Range.parse("10.77.0.50-10.77.0.99")),
                    router,
                    List.of(),
                    Optional.empty()))
        .hasMessageContaining("the pool holds the router's address 10.77.0.60");
  }

  @Test
  void servesANetworkBehindARelayInWhichItHasNoAddress() {
    Subnet far =
        new Subnet(
            Ipv4Network.parse("10.99.0.0/24"),
            SERVER,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertThat(far.id()).hasToString("10.99.0.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.1, the address 10.77.0.1 is the server's or the router's",
    "10.77.0.254, the address 10.77.0.254 is the server's or the router's",
    "10.77.0.255, the address 10.77.0.255 is no machine's in 10.77.0.0/24",
    "10.78.0.5, the address 10.78.0.5 is no machine's in 10.77.0.0/24"
  })
  void saysWhyNoMachineCanHaveAnAddress(String address, String why) {
    assertThat(subnet().whyNotFor(Ipv4Address.parse(address))).contains(why);
  }

  @Test
  void hasNothingAgainstAnyOtherAddress() {
    assertThat(subnet().whyNotFor(Ipv4Address.parse("10.77.0.5"))).isEmpty();
  }

  @Test
  void refusesOneAddressForTwo() {
    Reservation reservation = new Reservation(Ipv4Address.parse("10.77.0.200"), Optional.empty());

    assertThatThrownBy(
            () ->
                new Reservations(
                    Map.of(
                        ClientId.of(new MacAddress(1)), reservation,
                        ClientId.of(new MacAddress(2)), reservation)))
        .hasMessageContaining("10.77.0.200 is reserved for ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"59s", "366d", "1 h", "0m", "-1h", ""})
  void refusesALengthOfTimeThatIsNone(String text) {
    assertThatThrownBy(() -> LeaseTime.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesLengthsOfTimeAsPeopleWriteThem() {
    assertThat(LeaseTime.parse("90s").seconds()).isEqualTo(90);
    assertThat(LeaseTime.parse("7d")).isEqualTo(new LeaseTime(Duration.ofDays(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a name", "eth0/1", "averyverylonginterface"})
  void refusesAnInterfaceNameThatLinuxCannotHave(String name) {
    assertThatThrownBy(() -> new InterfaceName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsClientsOfTwoKindsApart() {
    ClientId card = ClientId.of(MacAddress.parse("52:54:00:00:00:0a"));
    ClientId identified = new ClientId.Identifier("0152540000000a");

    assertThat(ClientId.parse(card.text())).isEqualTo(card);
    assertThat(ClientId.parse(identified.text())).isEqualTo(identified);
    assertThat(card.text()).isNotEqualTo(identified.text());
    assertThatThrownBy(() -> ClientId.parse("52:54:00:00:00:0a"))
        .hasMessageContaining("no kind of client");
  }

  private static Subnet subnet() {
    return new Subnet(
        Ipv4Network.parse("10.77.0.0/24"),
        SERVER,
        Optional.empty(),
        Optional.of(Ipv4Address.parse("10.77.0.254")),
        List.of(),
        Optional.empty());
  }
}
