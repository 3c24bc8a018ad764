package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.family.PlainRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private final Profile debian12 = PlainRules.CATALOG.find("debian12");

  @Test
  void knowsTheVersionOfItsKubeletWhetherPinnedOrBuilt() {
    assertThat(debian12.kubernetes()).contains(KubernetesVersion.parse("v1.36.4"));
    assertThat(PlainRules.CATALOG.find("debian12-source").kubernetes())
        .contains(KubernetesVersion.parse("v1.20.2"));
  }

  @Test
  void refusesAZoneItDoesNotHaveAndSaysWhichItHas() {
    assertThatThrownBy(() -> debian12.zone(new ZoneName("mars")))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("no zone 'mars'")
        .hasMessageContaining("default, cn");
  }

  @Test
  void cannotBeMadeAgainstItsRulesEvenInCode() {
    assertThatThrownBy(
            () ->
                new Profile(
                    debian12.name(),
                    debian12.description(),
                    debian12.distribution(),
                    debian12.architecture(),
                    debian12.repositories(),
                    Packages.NONE,
                    debian12.kit(),
                    debian12.pins(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    debian12.node(),
                    debian12.zones(),
                    debian12.digest()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a node needs a kernel");
  }

  @Test
  void ordersVersionsByNumber() {
    assertThat(KubernetesVersion.parse("v1.9.11")).isLessThan(KubernetesVersion.parse("v1.10.0"));
    assertThat(KubernetesVersion.parse("v1.26.0").atLeast(26)).isTrue();
    assertThat(KubernetesVersion.parse("v1.25.9").atLeast(26)).isFalse();
  }
}
