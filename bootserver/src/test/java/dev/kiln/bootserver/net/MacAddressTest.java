package dev.kiln.bootserver.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  private static final MacAddress LAB = MacAddress.parse("52:54:00:77:00:1a");

  @ParameterizedTest
  @ValueSource(strings = {"52:54:00:77:00:1a", "52-54-00-77-00-1a", "52-54-00-77-00-1A"})
  void readsColonAndHyphenFormsInAnyCase(String text) {
    assertThat(MacAddress.parse(text)).isEqualTo(LAB);
  }

  @Test
  void writesColonsAndHyphensInLowerCase() {
    assertThat(LAB).hasToString("52:54:00:77:00:1a");
    assertThat(LAB.hyphens()).isEqualTo("52-54-00-77-00-1a");
  }

  @Test
  void keepsItsOctets() {
    assertThat(MacAddress.of(LAB.octets())).isEqualTo(LAB);
    assertThat(LAB.octets()).containsExactly(0x52, 0x54, 0x00, 0x77, 0x00, 0x1a);
  }

  @Test
  void keepsLeadingZeros() {
    assertThat(MacAddress.parse("00:00:00:00:00:01")).hasToString("00:00:00:00:00:01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "52:54:00:77:00",
        "52:54:00:77:00:1a:00",
        "52:54-00:77:00:1a",
        "525400771a",
        "52540077001a",
        "5254.0077.001a",
        "52:54:00:77:00:1g",
        " 52:54:00:77:00:1a"
      })
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is written 52:54:00:12:34:56");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "01:00:5e:00:00:01",
        "33-33-00-00-00-01"
      })
  void refusesAddressesThatNoMachineHas(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to no machine");
  }
}
