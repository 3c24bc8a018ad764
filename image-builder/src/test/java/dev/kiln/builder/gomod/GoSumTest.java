package dev.kiln.builder.gomod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.lock.LockedSource.ModuleFile.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoSumTest {
  private static final String A = "h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=";
  private static final String B = "h1:zAK7e3i5feyBL/bhucQnA5VRKuyrS8F+ijHJkZzQaWw=";

  @Test
  void tellsArchivesFromGoModsAndWritesCapitalsAsProxiesDo() {
    GoSum sum =
        GoSum.parse("go.sum", "github.com/Azure/x v1.0.0 " + A + "\n\nk8s.io/y v0.1.0/go.mod " + B);

    assertThat(sum.hashes().keySet())
        .extracting(GoSum.Entry::kind)
        .containsExactly(Kind.ZIP, Kind.MOD);
    assertThat(sum.hashes().keySet())
        .extracting(GoSum.Entry::path)
        .containsExactly("github.com/!azure/x/@v/v1.0.0.zip", "k8s.io/y/@v/v0.1.0.mod");
    assertThat(sum.hashes().values()).containsExactly(A, B);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8s.io/y v0.1.0",
        "k8s.io/y v0.1.0 h1:short=",
        "k8s.io/y v0.1.0 h2:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=",
        "../../etc v0.1.0 h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=",
        "k8s.io/../y v0.1.0 h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=",
        "k8s.io/y v0/../1 h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=",
        "k8s.io/y?z v0.1.0 h1:A2VDEiObzkYqFTKhSsn0ZEb0RlLEXpHWj93gi2HqEwE=",
      })
  void refusesWhatIsNoLine(String line) {
    assertThatThrownBy(() -> GoSum.parse("my go.sum", "k8s.io/x v1.0.0 " + A + "\n" + line))
        .hasMessageContaining("my go.sum, line 2:");
  }

  @Test
  void refusesTwoHashesOfOneFileAndAllWrongLinesAtOnce() {
    assertThatThrownBy(
            () -> GoSum.parse("go.sum", "a.b/c v1.0.0 " + A + "\nx\na.b/c v1.0.0 " + B + "\ny\n"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("line 3: a.b/c v1.0.0 has two hashes")
        .hasMessageContaining("line 4");
  }
}
