package dev.kiln.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.family.PlainRules;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void readsEveryProfileOfTheCatalog() {
    assertThat(Catalog.names())
        .allSatisfy(name -> assertThat(PlainRules.CATALOG.find(name).name()).isEqualTo(name));
  }

  @Test
  void takesKubernetesOfDebian12FromItsMakersUnderOneDigestWithTwoAddresses() {
    Pin kubelet = requireNonNull(PlainRules.CATALOG.find("debian12").pins().get("kubelet"));

    assertThat(kubelet.addresses()).hasSize(2);
    assertThat(kubelet.layer()).isEqualTo(LayerName.KUBERNETES);
  }

  @Test
  void namesAnArchiveOfEachRepository() {
    assertThat(Catalog.names())
        .allSatisfy(
            name ->
                assertThat(PlainRules.CATALOG.find(name).repositories().values())
                    .extracting(Repository::archive)
                    .containsExactly(
                        Optional.of(URI.create("https://snapshot.debian.org/archive/debian")),
                        Optional.of(
                            URI.create("https://snapshot.debian.org/archive/debian-security"))));
  }

  @Test
  void asksTheZonesOwnAddressesFirst() {
    Profile profile = PlainRules.CATALOG.find("debian12");
    Pin kubelet = requireNonNull(profile.pins().get("kubelet"));

    assertThat(profile.zone(new ZoneName("cn")).addressesOf(kubelet).get(0))
        .isEqualTo(
            URI.create(
                "https://files.m.daocloud.io/dl.k8s.io/release/v1.36.4/bin/linux/amd64/kubelet"));
  }
}
