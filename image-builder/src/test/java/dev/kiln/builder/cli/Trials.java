package dev.kiln.builder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Files of real reports, in {@code shared/inputs/trials/builder} beside or above the checkout. */
final class Trials {
  private static final String PLACE = "shared/inputs/trials/builder";

  private final Path folder;

  private Trials(Path folder) {
    this.folder = folder;
  }

  /** Those that are there; where there are none, says loudly what is skipped. */
  static Trials open() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.isDirectory(up.resolve(PLACE))) {
        return new Trials(up.resolve(PLACE));
      }
    }
    String skipped = "SKIPPED: no " + PLACE + " beside or above this checkout";
    System.err.println("*".repeat(80) + "\n" + skipped + "\n" + "*".repeat(80));
    throw new TestAbortedException(skipped);
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  String text(String path) throws IOException {
    return Files.readString(file(path));
  }

  /**
   * The smallest image of all of them. Its kit was written as a list of packages, which is no key
   * any more: it is left out, and Kiln's own taken.
   */
  String smallest() throws IOException {
    return text("baked-secrets-and-identity/min.yaml")
        .replaceFirst("(?s)\nkit:\n.*?\nzones:", "\nzones:");
  }
}
