package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "10.77.0.1", "127.0.0.1", "192.168.255.254", "255.255.255.255"})
  void writesAnAddressAsItWasRead(String text) {
    Ipv4Address address = Ipv4Address.parse(text);

    assertThat(address).hasToString(text);
    assertThat(Ipv4Address.of(address.toInet())).isEqualTo(address);
    assertThat(address.toInet().getHostAddress()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.77.0", "10.77.0.256", "10.77.0.01", "10.77.0.1.", "localhost", "::1", "1"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Ipv4Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is written 10.77.0.1");
  }

  @Test
  void ordersAddressesAsUnsignedNumbers() {
    assertThat(Ipv4Address.parse("200.0.0.1")).isGreaterThan(Ipv4Address.parse("10.0.0.1"));
  }

  @Test
  void knowsWhatANetworkHolds() {
    Ipv4Network network = Ipv4Network.parse("10.77.4.0/22");

    assertThat(network.mask()).hasToString("255.255.252.0");
    assertThat(network.broadcast()).hasToString("10.77.7.255");
    assertThat(network.contains(Ipv4Address.parse("10.77.7.255"))).isTrue();
    assertThat(network.contains(Ipv4Address.parse("10.77.8.0"))).isFalse();
    assertThat(network.hasHost(Ipv4Address.parse("10.77.5.255"))).isTrue();
    assertThat(network.hasHost(Ipv4Address.parse("10.77.7.255"))).isFalse();
    assertThat(network.hasHost(Ipv4Address.parse("10.77.4.0"))).isFalse();
  }

  @Test
  void namesTheNetworkOfAnAddressThatIsNone() {
    assertThatThrownBy(() -> Ipv4Network.parse("10.77.0.1/24"))
        .hasMessageContaining("the network is 10.77.0.0/24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.77.0.0", "10.77.0.0/", "10.77.0.0/33", "10.77.0.0/-1", "x/24"})
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Ipv4Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsTheAddressesOfARange() {
    Ipv4Range range = Ipv4Range.parse("10.77.0.250-10.77.1.5");

    assertThat(range.size()).isEqualTo(12);
    assertThat(range.at(6)).hasToString("10.77.1.0");
    assertThat(range.indexOf(Ipv4Address.parse("10.77.1.5"))).isEqualTo(11);
    assertThat(range.contains(Ipv4Address.parse("10.77.1.6"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.77.0.1",
        "10.77.0.9-10.77.0.1",
        "10.0.0.0-10.1.0.0",
        "0.0.0.0-255.255.255.255"
      })
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> Ipv4Range.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
