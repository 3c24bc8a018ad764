package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoModTest {
  private static final GoMod MOD =
      GoMod.parse(
          "go.mod",
          """
          // Generated. Do not edit.
          module k8s.io/kubernetes // the whole

          go 1.26.0

          godebug default=go1.26
          godebug (
          \tmadvdontneed=1
          )
          tool golang.org/x/tools/cmd/stringer

          require (
          \tgithub.com/a/b v1.2.3
          \tk8s.io/api v0.0.0 // indirect
          \t"quoted.example/c" v0.1.0
          )
          require example.com/d v1.0.0
          exclude example.com/d v1.1.0
          retract [v1.0.0, v1.1.0]
          replace (
          \tk8s.io/api => ./staging/src/k8s.io/api
          \texample.com/d v1.0.0 => example.com/e v2.0.0
          \tgithub.com/a/b => github.com/a/b v1.2.4
          )
          """);

  @Test
  void readsWhatDecidesABuild() {
    assertThat(MOD.module()).isEqualTo("k8s.io/kubernetes");
    assertThat(MOD.go()).isEqualTo("1.26.0");
    assertThat(MOD.godebug()).hasToString("{default=go1.26, madvdontneed=1}");
    assertThat(MOD.require())
        .containsOnlyKeys("github.com/a/b", "k8s.io/api", "quoted.example/c", "example.com/d");
    assertThat(MOD.exclude()).containsExactly("example.com/d v1.1.0");
    assertThat(MOD.replacesLocally("k8s.io/api")).isTrue();
    assertThat(MOD.replacesLocally("github.com/a/b")).isFalse();
  }

  @Test
  void takesTheVersionThatReplacesAnother() {
    assertThat(MOD.version("github.com/a/b")).contains("v1.2.4");
    assertThat(MOD.version("quoted.example/c")).contains("v0.1.0");
    assertThat(MOD.version("unknown.example/f")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require example.com/x",
        "replace a => ",
        "replace a b c => d",
        "module twice",
        "godebug novalue",
        "exclude example.com/x",
        "require (",
      })
  void refusesWhatItCannotReadByItsLine(String line) {
    assertThatThrownBy(() -> GoMod.parse("my go.mod", "module a\ngo 1.26\n" + line + "\n"))
        .hasMessageContaining("my go.mod, line 3");
  }

  @Test
  void refusesAFileWithoutModuleOrLanguageVersion() {
    assertThatThrownBy(() -> GoMod.parse("go.mod", "require a.b/c v1.0.0\n"))
        .hasMessageContaining("no line 'module'")
        .hasMessageContaining("no line 'go'");
  }
}
