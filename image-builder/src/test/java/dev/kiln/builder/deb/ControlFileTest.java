package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.campaign.Campaign;
import dev.kiln.failure.KilnException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlFileTest {
  @Test
  void readsParagraphsFieldsAndContinuedLines() {
    List<ControlParagraph> paragraphs =
        ControlFile.parse(
            "control",
            """
            Package: a
            Description: short
             long
             .

            # a comment
            package: b
            Empty:
            """);

    assertThat(paragraphs).hasSize(2);
    assertThat(paragraphs.get(0).field("description")).contains("short\nlong\n.");
    assertThat(paragraphs.get(1).line()).isEqualTo(7);
    assertThat(paragraphs.get(1).field("Package")).contains("b");
    assertThat(paragraphs.get(1).field("Empty")).contains("");
    assertThat(paragraphs.get(1).field("Absent")).isEmpty();
  }

  @Test
  void takesLinesThatEndAsOnWindows() {
    assertThat(ControlFile.parseOne("control", "A: b\r\nC: d\r\n").require("C")).isEqualTo("d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' continued'|control:1: this line continues a field, but none was started.",
        "'A: b\nno field'|control:2: a line must be 'Name: value', or start with a blank.",
        "': value'|control:1: a line must be 'Name: value', or start with a blank.",
        "'-A: value'|control:1: a line must be 'Name: value', or start with a blank.",
        "'A: b\na: c'|control:2: the field 'a' stands twice.",
        "'A: b\n\nB: c'|control must be one paragraph of fields, not 2. Get it again.",
        "''|control must be one paragraph of fields, not 0. Get it again."
      })
  void refusesWhatIsNoControlFile(String text, String message) {
    assertThatThrownBy(() -> ControlFile.parseOne("control", text))
        .isInstanceOf(KilnException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAParagraphOfTooManyFields() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 201; i++) {
      text.append("F").append(i).append(": x\n");
    }

    assertThatThrownBy(() -> ControlFile.parse("control", text.toString()))
        .hasMessage("control:201: more than 200 fields in one paragraph.");
  }

  @Test
  void answersAnyTextWithParagraphsOrARefusal() {
    int read =
        Campaign.count(
            2000,
            random -> {
              try {
                String text = Noise.of(random, ":\n A#-b\r\t\0é");
                for (ControlParagraph paragraph : ControlFile.parse("noise", text)) {
                  assertThat(paragraph.fields()).isNotEmpty();
                }
                return true;
              } catch (KilnException refused) {
                assertThat(refused.kind()).isEqualTo(KilnException.Kind.INPUT);
                return false;
              }
            });

    assertThat(read).isPositive();
  }
}
