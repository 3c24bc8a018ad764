package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.failure.Problem;
import org.junit.jupiter.api.Test;

class IsolationTest {
  private final Isolation isolation = Isolation.ofThisUser();

  @Test
  void isThereForRootWithTheProgramsOfUtilLinux() {
    assertThat(isolation.lacks(0, program -> true)).isEmpty();
  }

  @Test
  void saysAllThatIsLackingBeforeABakeBegins() {
    assertThat(isolation.lacks(1000, program -> !program.startsWith("set")))
        .extracting(Problem::toString)
        .containsExactly(
            "a bake makes namespaces, mounts and files of many owners, which the user 1000 may"
                + " not. Run it as root.",
            "there is no program setpriv here. Install util-linux.",
            "there is no program setsid here. Install util-linux.");
  }
}
