package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleArchiveTest {
  private static final String ROOT = "a.example/m@v1.0.0/";

  @TempDir private Path directory;

  @Test
  void hashesFilesAsAGoSumDoesWhateverTheirOrder() throws IOException {
    SampleModules modules = new SampleModules();
    Map<String, String> content = new LinkedHashMap<>();
    content.put("z.go", "package m\n");
    content.put("go.mod", "module a.example/m\n");
    content.put("Ünder.txt", "bytes decide the order");
    modules.add("a.example/m", "v1.0.0", content);

    try (ModuleArchive archive = open(modules.file("/a.example/m/@v/v1.0.0.zip"))) {
      assertThat(modules.sum()).startsWith("a.example/m v1.0.0 " + archive.hash() + "\n");
      assertThat(archive.text("go.mod")).contains("module a.example/m\n");
      assertThat(archive.text("go.sum")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../m@v1.0.0/x",
        ROOT + "../../x",
        ROOT + "./x",
        ROOT + "a//b",
        ROOT + "a\\b",
        ROOT + "a\u0007b",
        "a.example/m@v1.0.1/x",
        "a.example/other@v1.0.0/x",
      })
  void refusesNamesThatLeaveTheModulesDirectory(String name) throws IOException {
    byte[] zip = SampleModules.zip("", Map.of(name, "x"));

    assertThatThrownBy(() -> open(zip))
        .hasMessageContaining("which leaves its directory")
        .hasMessageContaining("a.example/m v1.0.0");
  }

  @Test
  void refusesALink() throws IOException {
    Path file = directory.resolve("link.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      ZipArchiveEntry link = new ZipArchiveEntry(ROOT + "link");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("/etc/passwd".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }

    assertThatThrownBy(() -> ModuleArchive.open("a.example/m", "v1.0.0", file))
        .hasMessageContaining("holds the link");
  }

  @Test
  void refusesOneNameTwice() throws IOException {
    Path file = directory.resolve("twice.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      for (String content : new String[] {"shown", "compiled"}) {
        zip.putArchiveEntry(new ZipArchiveEntry(ROOT + "a.go"));
        zip.write(content.getBytes(UTF_8));
        zip.closeArchiveEntry();
      }
    }

    assertThatThrownBy(() -> ModuleArchive.open("a.example/m", "v1.0.0", file))
        .hasMessageContaining("a.go' twice");
  }

  /** It would be in memory before its first entry is looked at. */
  @Test
  void refusesADirectoryThatIsLargerThanTheNamesOfAnyModule() throws IOException {
    Path file = directory.resolve("directory.zip");
    try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "rw")) {
      zip.setLength(ZipDirectory.MOST_BYTES);
      zip.seek(ZipDirectory.MOST_BYTES);
      zip.write(new byte[] {'P', 'K', 5, 6});
      zip.write(new byte[18]);
    }

    assertThatThrownBy(() -> ModuleArchive.open("a.example/m", "v1.0.0", file))
        .hasMessageContaining("a directory of more than 33554432 bytes");
  }

  @Test
  void refusesWhatUnpacksToMoreThanGoTakes() throws IOException {
    Path file = directory.resolve("bomb.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(ROOT + "zeros"));
      byte[] zeros = new byte[1 << 20];
      for (long written = 0; written <= ModuleArchive.MOST_BYTES; written += zeros.length) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    try (ModuleArchive archive = ModuleArchive.open("a.example/m", "v1.0.0", file)) {
      assertThatThrownBy(archive::hash).hasMessageContaining("unpacks to more than 524288000");
    }
  }

  /** The central directory has the method 10 bytes and the size 24 bytes behind its beginning. */
  @ParameterizedTest
  @CsvSource({
    "24, 18, 'it has 19 bytes, not 18'",
    "24, 20, 'it has 19 bytes, not 20'",
    "10, 1, ''"
  })
  void refusesAFileThatIsNotPackedAsItSays(int at, int value, String why) throws IOException {
    byte[] zip = SampleModules.zip(ROOT, Map.of("go.mod", "module a.example/m\n"));
    int directory = new String(zip, ISO_8859_1).indexOf("PK\u0001\u0002");
    zip[directory + at] = (byte) value;

    try (ModuleArchive archive = open(zip)) {
      assertThatThrownBy(archive::hash)
          .hasMessageContaining("has a damaged '" + ROOT + "go.mod': " + why)
          .isInstanceOf(KilnException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 100, 200})
  void refusesADamagedFileInWords(int length) throws IOException {
    byte[] whole = SampleModules.zip(ROOT, Map.of("go.mod", "module a.example/m\n"));
    byte[] cut = java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1));

    assertThatThrownBy(() -> open(cut)).hasMessageContaining("is no zip");
  }

  private ModuleArchive open(byte[] zip) throws IOException {
    Path file = Files.write(directory.resolve("module.zip"), zip);
    return ModuleArchive.open("a.example/m", "v1.0.0", file);
  }
}
