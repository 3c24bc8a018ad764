package dev.kiln.builder.distro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Resource;
import dev.kiln.profile.Catalog;
import dev.kiln.schema.PublishedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir private Path directory;

  @Test
  void refusesBrokenProfilesWithAKilnExceptionAndTakesNothingTheSchemaRefuses() {
    String good = Resource.text(Catalog.class, "catalog/debian12.yaml");

    int refused = Campaign.count(ROUNDS, random -> isRefused(broken(good, random)));

    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  /** As a change of a profile that is right, and on its own. */
  private boolean isRefused(String broken) throws IOException {
    try {
      read("extends: debian12\n" + broken);
      read(broken);
      assertThat(PublishedSchema.refusals(broken.getBytes(UTF_8))).isEmpty();
      return false;
    } catch (KilnException e) {
      assertThat(e.kind()).isEqualTo(KilnException.Kind.INPUT);
      assertThat(e.getMessage()).doesNotContainPattern("[a-z]+([.][a-z]+)+[.][A-Z]");
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(broken, e);
    }
  }

  private void read(String profile) throws IOException {
    KnownFamilies.CATALOG.find(Files.writeString(directory.resolve("x.yaml"), profile).toString());
  }

  private static String broken(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
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
    return text.toString();
  }

  private static void replaceValue(StringBuilder text, int at, String value) {
    int colon = text.indexOf(": ", at);
    int end = colon < 0 ? -1 : text.indexOf("\n", colon);
    if (end > 0) {
      text.replace(colon + 2, end, value);
    }
  }
}
