package dev.kiln.builder.distro.debian.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.resolve.Resolution.Chosen;
import java.util.List;

/** What is true of every choice, read from the packages' own relations. */
final class Hold {
  private Hold() {}

  static void assertHolds(List<Chosen> packages, List<String> wanted, String seed) {
    List<BinaryPackage> all = packages.stream().map(Chosen::candidate).toList();
    assertThat(all).as(seed).extracting(BinaryPackage::name).containsAll(wanted);
    for (BinaryPackage owner : all) {
      assertThat(owner.needs()).as(seed).allMatch(group -> all.stream().anyMatch(group::acceptAny));
      assertThat(owner.adversaries())
          .as(seed)
          .noneMatch(
              group ->
                  all.stream().filter(other -> !other.equals(owner)).anyMatch(group::acceptAny));
    }
  }
}
