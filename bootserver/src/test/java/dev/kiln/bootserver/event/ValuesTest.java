package dev.kiln.bootserver.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void keepsAValueFromWritingToTheTerminal() {
    Values values = Values.of(Field.FILE, "file \u001b[2J\nx\u202e");

    assertThat(values.find(Field.FILE)).contains("file  [2J x");
  }

  @Test
  void cutsALongValue() {
    assertThat(Values.of(Field.NAME, "x".repeat(10_000)).find(Field.NAME).orElseThrow())
        .hasSize(Values.LONGEST)
        .endsWith("x…");
  }

  @Test
  void leavesOutWhatSaysNothing() {
    assertThat(Values.of(Field.NAME, "n").and(Field.WHY, " \n").and(Field.RESULT, Optional.empty()))
        .isEqualTo(Values.of(Field.NAME, "n"));
  }

  @Test
  void hasOneOrderHoweverItWasMade() {
    assertThat(Values.of(Field.BYTES, 1).and(Field.FILE, "f").byField().keySet())
        .containsExactly(Field.FILE, Field.BYTES);
  }

  @Test
  void refusesMoreValuesThanAnEventHas() {
    Map<Field, String> all =
        Arrays.stream(Field.values()).collect(Collectors.toMap(field -> field, Field::label));

    assertThatThrownBy(() -> new Values(all)).isInstanceOf(IllegalArgumentException.class);
  }
}
