package dev.kiln.builder.repeat;

import dev.kiln.builder.key.ProductKey;
import dev.kiln.file.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * This program on this sort of machine: what it did before is what another would do only where
 * every byte is the same.
 */
final class ThisProgram {
  private ThisProgram() {}

  /** Of all its code, its libraries', and the Java that runs it. */
  static Digest digest() throws IOException {
    ProductKey key = new ProductKey("program").add("java", Runtime.version().toString());
    for (String property : List.of("os.arch", "java.vendor", "java.vm.name", "java.vm.version")) {
      key.add(property, System.getProperty(property, ""));
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      for (Path file : files(Path.of(entry))) {
        key.add(file.toString(), Digest.of(file));
      }
    }
    return key.digest();
  }

  private static List<Path> files(Path entry) throws IOException {
    try (Stream<Path> walk = Files.walk(entry)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
