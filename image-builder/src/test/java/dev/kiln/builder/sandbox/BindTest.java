package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindTest {
  @Test
  void goesBelowRunOrTmp() {
    assertThat(Bind.readOnly(Path.of("x"), "/run/x").source()).isAbsolute();
    assertThat(Bind.writable(Path.of("x"), "/tmp/a/b").writable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/x",
        "/run",
        "/run/",
        "/runx/y",
        "run/x",
        "/run/../etc/x",
        "/run//x",
        "/run/./x"
      })
  void goesNowhereElse(String target) {
    assertThatThrownBy(() -> Bind.readOnly(Path.of("x"), target))
        .hasMessageContaining("a bind goes below /run or /tmp");
  }
}
