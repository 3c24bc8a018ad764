package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspacePlaceTest {
  @Test
  void isWhatTheVariableSaysAndLeftToTheMachineOtherwise() {
    assertThat(WorkspacePlace.of(Map.of())).isEqualTo(WorkspacePlace.AUTO);
    assertThat(WorkspacePlace.of(Map.of("KILN_WORKSPACE", ""))).isEqualTo(WorkspacePlace.AUTO);
    assertThat(WorkspacePlace.of(Map.of("KILN_WORKSPACE", " Disk"))).isEqualTo(WorkspacePlace.DISK);
    assertThat(WorkspacePlace.of(Map.of("KILN_WORKSPACE", "memory")))
        .isEqualTo(WorkspacePlace.MEMORY);
  }

  @Test
  void isRefusedWhereTheVariableSaysSomethingElse() {
    assertThatThrownBy(() -> WorkspacePlace.of(Map.of("KILN_WORKSPACE", "ram")))
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.INPUT))
        .hasMessage(
            "KILN_WORKSPACE is 'ram', which is no workspace. Write auto, memory or disk, or unset"
                + " it.");
  }
}
