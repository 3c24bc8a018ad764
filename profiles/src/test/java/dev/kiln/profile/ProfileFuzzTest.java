package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.campaign.Campaign;
import dev.kiln.document.MergePatch;
import dev.kiln.document.Node;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileFuzzTest {
  private static final int ROUNDS = 1000;
  private static final List<String> NASTY =
      List.of(
          "",
          "null",
          "~",
          "[]",
          "{}",
          "- ",
          ": ",
          "\"",
          "'",
          "|\n",
          "..",
          "/",
          "-1",
          "1e9",
          "0x7fffffffffffffff",
          "true",
          "&a",
          "*a",
          "!!str",
          "!x",
          "\t",
          "\0",
          "\uFEFF",
          "\u0085",
          "%",
          "# ",
          "---\n",
          "...\n",
          "? ",
          ",",
          "}",
          "]",
          "<<: ",
          "9".repeat(400),
          "[".repeat(40));

  @Test
  void refusesBrokenProfilesWithAKilnExceptionAndTakesNothingTheSchemaRefuses() throws IOException {
    byte[] good = Files.readAllBytes(Path.of("catalog/debian12.yaml"));

    Node base = YamlReader.read("base.yaml", good);
    int refused = Campaign.count(ROUNDS, random -> isRefused(broken(good, random), base));

    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  private static boolean isRefused(byte[] broken, Node base) throws IOException {
    try {
      ProfileReader.read(MergePatch.apply(base, YamlReader.read("x.yaml", broken)));
      ProfileReader.read(YamlReader.read("x.yaml", broken));
      assertThat(PublishedSchema.refusals(broken)).isEmpty();
      return false;
    } catch (KilnException e) {
      assertThat(e.kind()).isEqualTo(KilnException.Kind.INPUT);
      assertThat(e.getMessage()).doesNotContainPattern("[a-z]+([.][a-z]+)+[.][A-Z]");
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(new String(broken, StandardCharsets.UTF_8), e);
    }
  }

  private static byte[] broken(byte[] good, Random random) {
    StringBuilder text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, NASTY.get(random.nextInt(NASTY.size())));
        case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
        case 3 -> replaceValue(text, at, NASTY.get(random.nextInt(NASTY.size())));
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void replaceValue(StringBuilder text, int at, String value) {
    int colon = text.indexOf(": ", at);
    int end = colon < 0 ? -1 : text.indexOf("\n", colon);
    if (end > 0) {
      text.replace(colon + 2, end, value);
    }
  }
}
