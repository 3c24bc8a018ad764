package dev.kiln.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
  @TempDir Path directory;

  @Test
  void readsAFileOfExactlyTheLargestSize() throws IOException {
    Path file = Files.write(directory.resolve("a"), new byte[10]);

    assertThat(BoundedFile.read(file, 10)).hasSize(10);
  }

  @Test
  void refusesOneByteMore() throws IOException {
    Path file = Files.write(directory.resolve("a"), new byte[11]);

    assertThatThrownBy(() -> BoundedFile.read(file, 10))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("a has more than 10 bytes");
  }

  @Test
  void refusesWhatHasNoEnd() {
    assertThatThrownBy(() -> BoundedFile.read(Path.of("/dev/zero"), 10))
        .hasMessageContaining("/dev/zero is not a file");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> BoundedFile.read(directory.resolve("a"), 10))
        .hasMessageContaining("there is no file");
  }
}
