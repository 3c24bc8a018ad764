package dev.kiln.bootserver.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLoadersTest {
  private static final LoaderName NAME = new LoaderName("ipxe.efi");

  @TempDir private Path folder;
  private Path file;
  private KeptLoaders loaders;

  @BeforeEach
  void makeAFile() throws IOException {
    file = Files.writeString(folder.resolve("ipxe.efi"), "first");
    loaders = new KeptLoaders(Map.of(NAME, file));
  }

  @Test
  void readsAFileAgainWhenItHasChanged() throws IOException {
    LoaderProgram before = loaders.find(NAME).orElseThrow();
    Files.writeString(file, "second");

    loaders.refresh();

    assertThat(content()).isEqualTo("second");
    assertThat(before.octets().remaining()).isEqualTo("first".length());
    assertThat(loaders.find(NAME).orElseThrow().digest()).isNotEqualTo(before.digest());
  }

  @Test
  void doesNotReadAFileAgainThatHasNotChanged() throws IOException {
    LoaderProgram before = loaders.find(NAME).orElseThrow();

    loaders.refresh();

    assertThat(loaders.find(NAME)).containsSame(before);
  }

  @Test
  void keepsWhatItHasWhereTheFileIsGone() throws IOException {
    Files.delete(file);

    loaders.refresh();

    assertThat(content()).isEqualTo("first");
  }

  @Test
  void refusesAFileThatIsNoBootProgramByItsSize() throws IOException {
    try (var sparse = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
      sparse.position(16 << 20).write(java.nio.ByteBuffer.allocate(1));
    }

    loaders.refresh();

    assertThat(content()).isEqualTo("first");
  }

  @Test
  void takesAFileThatIsThereLater() throws IOException {
    Path later = folder.resolve("later");
    KeptLoaders waiting = new KeptLoaders(Map.of(NAME, later));
    assertThat(waiting.find(NAME)).isEmpty();
    Files.writeString(later, "now");
    Files.setLastModifiedTime(later, FileTime.from(Instant.EPOCH));

    waiting.refresh();

    assertThat(waiting.find(NAME)).isPresent();
  }

  private String content() {
    return StandardCharsets.US_ASCII.decode(loaders.find(NAME).orElseThrow().octets()).toString();
  }
}
