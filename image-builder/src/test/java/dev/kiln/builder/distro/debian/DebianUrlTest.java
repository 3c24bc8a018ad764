package dev.kiln.builder.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.lock.LockedDistribution;
import org.junit.jupiter.api.Test;

class DebianUrlTest {
  @Test
  void namesTheDistributionThatThePackageIsOf() {
    LockedDistribution derived = new LockedDistribution("debian", "raspbian", "trixie");

    assertThat(
            KnownFamilies.DEBIAN.url(
                derived, SampleLock.binary("bash", "5.2", "armhf", new byte[] {1})))
        .hasToString("pkg:deb/raspbian/bash@5.2?arch=armhf&distro=trixie");
  }
}
