package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code builder lock --update} takes, as messages and docs write it. */
class UpdateLockIT extends SmallBakeFixture {
  @BeforeEach
  void lockOnce() {
    assertThat(lock("").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--update",
        "--update sample",
        "--update kit",
        "--update sample kit",
        "--update=kit"
      })
  void choosesAnewWhatIsNamedOrEverything(String option) {
    int before = archive.requests().size();

    Ended ended = lock(option);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("small.lock.json: 1 packages", "nothing changed");
    assertThat(archive.requests()).hasSizeGreaterThan(before);
  }

  @Test
  void readsNothingWithoutIt() {
    int before = archive.requests().size();

    assertThat(lock("").out()).contains("nothing changed");

    assertThat(archive.requests()).hasSize(before);
  }

  @Test
  void refusesEveryNameThatTheLockDoesNotHave() {
    Ended ended = lock("--update nothing sample naught");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.err())
        .contains("no package or build 'naught' to update")
        .contains("no package or build 'nothing' to update")
        .doesNotContain("'sample'");
  }

  private Ended lock(String options) {
    List<String> arguments =
        new ArrayList<>(List.of("lock", "--profile=small.yaml", "--cache=" + cache()));
    if (!options.isEmpty()) {
      arguments.addAll(List.of(options.split(" ")));
    }
    return builder.run(arguments.toArray(String[]::new));
  }
}
