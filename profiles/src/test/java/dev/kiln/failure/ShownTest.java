package dev.kiln.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void leavesAShortTextAsItIs() {
    assertThat(Shown.of("äöü 漢字 😀 'x'")).isEqualTo("äöü 漢字 😀 'x'");
    assertThat(Shown.of("x".repeat(80))).isEqualTo("x".repeat(80));
  }

  @Test
  void cutsALongOneAndSaysSo() {
    assertThat(Shown.of("x".repeat(81))).isEqualTo("x".repeat(80) + "…");
    assertThat(Shown.of("abcdef", 3)).isEqualTo("abc…");
  }

  @Test
  void staysOnOneLineAndDoesNothingToATerminal() {
    assertThat(Shown.of("a\r\nb\u0000\u001b[2J\u0085\u2028\u2029\u202e\ufeff"))
        .isEqualTo("a??b??[2J?????");
  }

  @Test
  void showsNoHalfOfACharacter() {
    assertThat(Shown.of("ab😀", 3)).isEqualTo("ab?…");
  }
}
