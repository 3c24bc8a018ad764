package dev.kiln.builder.distro.debian.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.deb.Noise;
import dev.kiln.campaign.Campaign;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationParserTest {
  private final RelationParser parser = new RelationParser("amd64");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a; a",
        "a, b; a, b",
        "a | b , c; a | b, c",
        "a (>= 1.0) | b (<< 2~) , c(=3); a (>= 1.0) | b (<< 2~), c (= 3)",
        "python3:any (>= 3.11); python3:any (>= 3.11)",
        "gcc:native, libc6:amd64, a:i386; gcc:amd64, libc6:amd64, a:i386",
        "a (> 1), b (< 2); a (>= 1), b (<= 2)",
        "a, ; a",
        "a [amd64], b [arm64 i386], c [!amd64], d [!arm64]; a, d",
        "a [linux-any] <!nocheck> <!cross>, b [arm64] | c; a, c",
        "libstdc++6 (>= 12); libstdc++6 (>= 12)"
      })
  void readsEveryFormOfARelation(String field, String meaning) {
    List<Alternatives> groups = parser.parse(field);

    assertThat(groups.stream().map(Alternatives::toString).toList())
        .isEqualTo(List.of(meaning.split(", ")));
  }

  @Test
  void readsNothingFromAnEmptyField() {
    assertThat(parser.parse("")).isEmpty();
  }

  @Test
  void readsVirtualPackagesWithAndWithoutVersions() {
    assertThat(parser.parseProvides("awk, libfoo (= 2)"))
        .containsExactly(
            new Provision("awk", Qualifier.NONE, Optional.empty()),
            new Provision("libfoo", Qualifier.NONE, Optional.of(new DebianVersion("2"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a b; 'a b' is no relation",
        "a ||b; '' is no relation",
        "a (>= ); 'a (>= )' is no relation",
        "a (>= 1; 'a (>= 1' is no relation",
        "a (== 1); '==' is no comparison",
        "a (>= 1_0); '1_0' is no version",
        "$(rm); '$(rm)' is no relation"
      })
  void refusesWhatIsNoRelation(String field, String message) {
    assertThatThrownBy(() -> parser.parse(field))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAProvisionOfARange() {
    assertThatThrownBy(() -> parser.parseProvides("a (>= 1)"))
        .hasMessage("only '=' may stand in Provides, not 'a (>= 1)'");
  }

  @Test
  void answersAnyTextWithRelationsOrARefusal() {
    int read =
        Campaign.count(
            3000,
            random -> {
              String text = Noise.of(random, "ab1 ,|()<>=:![]~");
              try {
                String first =
                    String.join(", ", parser.parse(text).stream().map(Object::toString).toList());
                assertThat(parser.parse(first).toString())
                    .as(text)
                    .isEqualTo(parser.parse(text).toString());
                return true;
              } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                return false;
              }
            });

    assertThat(read).isPositive();
  }
}
