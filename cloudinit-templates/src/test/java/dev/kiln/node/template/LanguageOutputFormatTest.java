package dev.kiln.node.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageOutputFormatTest {
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0", "\u0085", "\u2028"})
  void keepsAValueOfALineInItsLine(String value) {
    assertThatThrownBy(() -> LanguageOutputFormat.CONF.escapePlainText(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot hold the value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "%n", "$HOME", "a\\b", "\"a\"", "a;b", "a\nExecStart=b", ""})
  void keepsAValueOfAUnitOneWordWithoutSpecifiers(String value) {
    assertThatThrownBy(() -> LanguageOutputFormat.UNIT.escapePlainText(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot hold the value");
  }

  @Test
  void keepsAValueOfTomlInItsString() {
    assertThat(LanguageOutputFormat.TOML.escapePlainText("a\"]\n[evil]\nb = \"\\\u007f"))
        .isEqualTo("a\\\"]\\u000a[evil]\\u000ab = \\\"\\\\\\u007f");
  }

  @Test
  void lettersOfAnyLanguageMayStandInAComment() {
    assertThat(LanguageOutputFormat.CONF.escapePlainText("für Tunnel – 隧道"))
        .isEqualTo("für Tunnel – 隧道");
  }
}
