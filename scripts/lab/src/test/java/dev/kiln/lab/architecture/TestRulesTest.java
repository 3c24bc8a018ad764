package dev.kiln.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Who moves a class moves its campaign too. */
  @Test
  void everyCampaignIsOfAClassThatIsThere() throws IOException {
    Path root = Path.of("../..");
    List<String> campaigns =
        Files.readAllLines(root.resolve("scripts/prove")).stream()
            .filter(line -> line.matches("[a-z-]+ [a-z-]+ dev\\.kiln\\.[^ ]+ .*"))
            .toList();

    assertThat(campaigns)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            line -> {
              String[] words = line.split(" ");
              String file = words[2].replace('.', '/') + ".java";
              assertThat(root.resolve(words[1]).resolve("src/test/java").resolve(file)).exists();
            });
  }
}
