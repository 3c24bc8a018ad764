package dev.kiln.document;

import static dev.kiln.document.Decoders.flag;
import static dev.kiln.document.Decoders.integer;
import static dev.kiln.document.Decoders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldsTest {
  record Pair(String name, int count) {}

  @Test
  void makesARecordOfAMapping() {
    assertThat(read("name: a\ncount: 3\n")).isEqualTo(new Pair("a", 3));
  }

  @Test
  void reportsEveryProblemAtOnceEachWithItsLine() {
    assertThatThrownBy(() -> read("name: 1.20\ncuont: 3\n"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(
            "test.yaml:1: a text must stand here; YAML reads 1.20 as a decimal number. Put it in quotes: \"1.20\".")
        .hasMessageContaining("test.yaml:2: a pair has no key 'cuont'. Did you mean 'count'?")
        .hasMessageContaining("a pair needs 'count'");
  }

  @Test
  void showsOfALongKeyOrValueNoMoreThanAMessageHolds() {
    String key = "k".repeat(1000);

    assertThatThrownBy(() -> read("name: " + "1".repeat(100) + "\n" + key + ": 1\n"))
        .hasMessageContaining("YAML reads " + "1".repeat(80) + "… as a whole number")
        .hasMessageContaining("a pair has no key '" + "k".repeat(80) + "…'")
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(1000));
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertThatThrownBy(() -> read("name: a\nname: b\n"))
        .hasMessageContaining("test.yaml:2: 'name' stands here a second time, first in line 1.");
  }

  @Test
  void refusesAnchorsBecauseTheyMakeSmallFilesLarge() {
    assertThatThrownBy(() -> read("name: &a x\ncount: *a\n")).hasMessageContaining("anchors");
  }

  @Test
  void refusesWordsThatOnlyYaml11TakesForTrueOrFalse() {
    for (String word : new String[] {"yes", "no", "on", "Off"}) {
      Problems problems = new Problems();
      Node node = YamlReader.read("test.yaml", word.getBytes(StandardCharsets.UTF_8));

      assertThat(flag().decode(node, problems)).isEmpty();
      assertThatThrownBy(problems::refuseIfAny)
          .hasMessageContaining("true or false must stand here, not '" + word + "'");
    }
  }

  private static Pair read(String yaml) {
    Node node = YamlReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    Problems problems = new Problems();
    Fields fields = new Fields(node, "a pair", problems);
    Fields.Field<String> name = fields.required("name", text());
    Fields.Field<Integer> count = fields.required("count", integer(1, 9));
    var pair = fields.build(() -> new Pair(name.get(), count.get()));
    problems.refuseIfAny();
    return pair.orElseThrow();
  }
}
