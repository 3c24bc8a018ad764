package dev.kiln.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What no test of Kiln does. */
class TestRulesTest {
  /** Put together so that this file does not find itself. */
  private static final List<String> FORBIDDEN =
      List.of("@" + "Disabled", "Thread." + "sleep(", "import org." + "mockito");

  @Test
  void noTestIsSwitchedOffOrSleepsOrPretends() {
    assertThat(Sources.in("test"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(Sources.read(file)).as(file.toString()).doesNotContain(FORBIDDEN));
  }
}
