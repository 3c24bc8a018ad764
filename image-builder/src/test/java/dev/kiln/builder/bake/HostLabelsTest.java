package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLabelsTest {
  private static final String PLAIN = "29 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard";
  private static final String LABELLED =
      "61 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/root rw,seclabel,attr2,inode64";

  @ParameterizedTest
  @ValueSource(strings = {"1:4.5.1-1", "1:4.3-12", "4.5"})
  void areRefusedBeforehandWhereTheKitCannotLeaveThemOut(String version) {
    assertThatThrownBy(() -> require(List.of(PLAIN, LABELLED), version))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("this machine puts labels of SELinux on every file");
    assertThatCode(() -> require(List.of(PLAIN), version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1:4.6.1-1", "1:4.10-1", "5.0"})
  void areNoneOfALayersWhereTheKitLeavesThemOut(String version) {
    assertThatCode(() -> require(List.of(LABELLED), version)).doesNotThrowAnyException();
  }

  @Test
  void areNotMistakenForANameInAPath() {
    assertThatCode(() -> require(List.of(PLAIN.replace(" / / ", " / /seclabels ")), "4.5"))
        .doesNotThrowAnyException();
  }

  private static void require(List<String> mounts, String version) {
    LockedSet kit =
        SampleLock.set(
            List.of(
                SampleLock.binary("busybox-static", "9.9", "amd64", new byte[] {1}),
                SampleLock.binary("squashfs-tools", version, "amd64", new byte[] {2})));
    new HostLabels(mounts).requireLeftOutBy(kit);
  }
}
