package dev.kiln.builder.lock;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.Renewal;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedPin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockedNamesTest {
  private static final Lock LOCK =
      SampleLock.of(
          List.of(SampleLock.binary("bash", "5.2", "amd64", new byte[] {1})),
          List.of(new LockedPin("kubelet", "v1.36.4", Digest.of("kubelet"), List.of())),
          List.of());

  @Test
  void takesPackagesAndTheKit() {
    assertThatCode(() -> require("bash", "kit")).doesNotThrowAnyException();
  }

  @Test
  void saysThatAPinIsTheProfilesAndThatAMisspeltNameIsNobodys() {
    assertThatThrownBy(() -> require("kubelet", "bahs"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the lock has no package or build 'bahs' to update")
        .hasMessageContaining("'kubelet' is a pin: there is nothing to choose");
  }

  private static void require(String... names) {
    LockedNames.requireKnown(new Renewal(false, Set.of(names)), LOCK);
  }
}
