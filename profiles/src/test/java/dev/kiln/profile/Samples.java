package dev.kiln.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sample profiles of the tests: good, malformed (the schema says so too), contradictory. */
final class Samples {
  static final Path DIRECTORY = Path.of("src/test/resources/profile");

  private Samples() {}

  static List<Path> of(String kind) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve(kind))) {
      List<Path> samples = files.sorted().toList();
      if (samples.isEmpty()) {
        throw new AssertionError("no sample in " + DIRECTORY.resolve(kind));
      }
      return samples;
    }
  }
}
