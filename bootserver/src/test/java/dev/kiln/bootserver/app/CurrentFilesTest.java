package dev.kiln.bootserver.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentFilesTest {
  private final List<Inventory> told = new ArrayList<>();
  private ServerFixture fixture;
  private CurrentFiles files;

  @BeforeEach
  void read(@TempDir Path directory) throws IOException {
    fixture = ServerFixture.in(directory);
    files = new CurrentFiles(fixture.config(), ConfigReader.read(fixture.config()), told::add);
  }

  @Test
  void keepsWhatItHasWhereAnyFileIsWrong() throws IOException {
    fixture.machine("node-1", "macs: [\n");
    fixture.machine("node-2", "macs: [\"52:54:00:00:00:02\"]\n");

    files.refresh();

    assertThat(names()).containsExactly("node-1");
    assertThat(told).isEmpty();
  }

  @Test
  void takesEverythingOnceTheWrongFileIsMended() throws IOException {
    fixture.machine("node-1", "macs: [\n");
    fixture.machine("node-2", "macs: [\"52:54:00:00:00:02\"]\n");
    files.refresh();
    fixture.machine("node-1", "macs: [\"52:54:00:12:34:56\"]\n");

    files.refresh();

    assertThat(names()).containsExactly("node-1", "node-2");
    assertThat(told).containsExactly(files.inventory());
  }

  @Test
  void servesNoImageWhoseFilesAreNotAllThere() throws IOException {
    assertThat(files.images().snapshot().find("debian12")).isPresent();
    Files.writeString(fixture.root().resolve("images/debian12/initrd"), "too short");

    files.refresh();

    assertThat(files.images().snapshot().find("debian12")).isEmpty();
    assertThat(files.images().snapshot().refusal("debian12"))
        .hasValueSatisfying(why -> assertThat(why).contains("initrd has 9 bytes, not 9000"));
  }

  @Test
  void findsAnImageByItsIdToo() {
    String hex = fixture.image().hex();

    assertThat(files.images().snapshot().find(hex)).isPresent();
    assertThat(files.images().snapshot().find("sha256:" + hex)).isPresent();
    assertThat(files.images().snapshot().find("sha256:" + "0".repeat(64))).isEmpty();
  }

  private List<String> names() {
    return files.inventory().machines().stream().map(Machine::name).toList();
  }
}
