package dev.kiln.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What some work has read. */
class InputFilesTest {
  private final InputFiles inputs = new InputFiles();

  @Test
  void knowsWhatWasReadAndWhatWasMissing() {
    inputs.read(Path.of("a/../b"), "bytes".getBytes(UTF_8));
    inputs.missed(Path.of("/c"));

    assertThat(inputs.seen())
        .hasSize(2)
        .containsEntry(Path.of("a/../b").toAbsolutePath(), Optional.of(Digest.of("bytes")))
        .containsEntry(Path.of("/c"), Optional.empty());
  }

  @Test
  void takesAFileThatChangedBetweenTwoLooksForOneThatNobodyWillFindAgain() {
    inputs.read(Path.of("/same"), "bytes".getBytes(UTF_8));
    inputs.read(Path.of("/same"), "bytes".getBytes(UTF_8));
    inputs.read(Path.of("/changed"), "bytes".getBytes(UTF_8));
    inputs.read(Path.of("/changed"), "others".getBytes(UTF_8));

    assertThat(inputs.seen())
        .containsEntry(Path.of("/same"), Optional.of(Digest.of("bytes")))
        .hasEntrySatisfying(
            Path.of("/changed"), state -> assertThat(state).hasValue(new Digest("0".repeat(64))));
  }
}
