package dev.kiln.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.family.PlainRules;
import dev.kiln.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
  @Test
  void readsEveryGoodSample() throws IOException {
    assertThat(Samples.of("good"))
        .allSatisfy(sample -> assertThat(PlainRules.CATALOG.find(sample.toString())).isNotNull());
  }

  @Test
  void refusesMalformedSamplesWithEveryProblemItsPlaceAndItsMending() throws IOException {
    GoldenFile.assertSame("profile/malformed.txt", refusals("malformed"));
  }

  @Test
  void refusesContradictorySamplesWithEveryProblemItsPlaceAndItsMending() throws IOException {
    GoldenFile.assertSame("profile/contradictory.txt", refusals("contradictory"));
  }

  @Test
  void namesAPlaceForEveryProblem() throws IOException {
    assertThat(Samples.of("malformed"))
        .flatMap(sample -> refusal(sample).problems())
        .extracting(Problem::where)
        .allMatch(java.util.Optional::isPresent);
  }

  private static String refusals(String kind) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path sample : Samples.of(kind)) {
      for (Problem problem : refusal(sample).problems()) {
        all.append(
                problem
                    .toString()
                    .replace(Samples.DIRECTORY + "/", "")
                    // The catalog's lines move with every change of it.
                    .replaceFirst("^(profiles/catalog/.*\\.yaml):[0-9]+", "$1"))
            .append('\n');
      }
      all.append('\n');
    }
    return all.toString();
  }

  private static KilnException refusal(Path sample) {
    KilnException refusal =
        catchThrowableOfType(KilnException.class, () -> PlainRules.CATALOG.find(sample.toString()));
    assertThat(refusal).as("%s is read, but must be refused", sample).isNotNull();
    assertThat(refusal.kind()).isEqualTo(KilnException.Kind.INPUT);
    return refusal;
  }
}
