package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IsolationTest {
  @Test
  void isThereForRootWithTheProgramsOfUtilLinux() {
    assertThat(Isolation.of(0).lacking(program -> true)).isEmpty();
  }

  @Test
  void tellsRootWhichProgramsAreMissing() {
    KilnException lacking =
        Isolation.of(0).lacking(program -> !program.equals("nsenter")).orElseThrow();

    assertThat(lacking.kind()).isEqualTo(KilnException.Kind.DEPENDENCY);
    assertThat(lacking.problems())
        .extracting(Problem::toString)
        .containsExactly("there is no program nsenter here. Install util-linux.");
  }

  @Test
  void saysAllThatIsLackingBeforeABakeBegins() {
    KilnException lacking =
        Isolation.of(1000).lacking(program -> !program.startsWith("set")).orElseThrow();

    assertThat(lacking.kind()).isEqualTo(KilnException.Kind.IO);
    assertThat(lacking.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "a bake makes namespaces, mounts and files of many owners, which the user 1000 may"
                + " not. Run it as root.",
            "there is no program setpriv here. Install util-linux.",
            "there is no program setsid here. Install util-linux.");
  }

  @Test
  void startsNothingForAnotherUserThanRoot() {
    assertThatThrownBy(() -> Isolation.of(1000).isolating(Optional.empty()))
        .hasMessageContaining("the user 1000 may not");
  }
}
