package dev.kiln.bootserver.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Real files that lie beside the checkout in {@code shared/inputs} and are no part of it. */
public final class SharedInputs {
  private SharedInputs() {}

  /**
   * The files of a folder whose names end so. Where there are none, says loudly what is skipped.
   */
  public static List<Path> files(String folder, String ending) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/inputs").resolve(folder);
      if (Files.isDirectory(found)) {
        return filesIn(found, ending);
      }
    }
    String skipped = "SKIPPED: no shared/inputs/" + folder + " beside or above this checkout";
    System.err.println("*".repeat(80) + "\n" + skipped + "\n" + "*".repeat(80));
    throw new TestAbortedException(skipped);
  }

  private static List<Path> filesIn(Path folder, String ending) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
