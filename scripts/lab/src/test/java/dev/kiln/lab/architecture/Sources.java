package dev.kiln.lab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of this checkout. */
final class Sources {
  private static final List<String> MODULES =
      List.of("profiles", "cloudinit-templates", "image-builder", "bootserver", "scripts/lab");

  private Sources() {}

  static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(here.resolve(".ci/run"))) {
      here = here.getParent();
      if (here == null) {
        throw new IllegalStateException("this test runs inside a checkout of Kiln");
      }
    }
    return here;
  }

  /**
   * Every Java file below a folder of each module, sorted.
   *
   * @param folder {@code main} or {@code test}
   */
  static List<Path> in(String folder) {
    return MODULES.stream()
        .map(module -> checkout().resolve(module).resolve("src").resolve(folder).resolve("java"))
        .filter(Files::isDirectory)
        .flatMap(Sources::below)
        .toList();
  }

  static int lines(Path file) {
    return read(file).split("\n", -1).length - 1;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
