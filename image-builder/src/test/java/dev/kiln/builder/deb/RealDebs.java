package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Packages of this machine's own distribution, fetched once by its own apt. */
final class RealDebs {
  private static final Path DIRECTORY = Path.of("target/real-debs").toAbsolutePath();

  private RealDebs() {}

  static synchronized List<Path> named(String... names) throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    return Stream.of(names).map(RealDebs::one).toList();
  }

  static LockedPackage locked(Path deb) throws IOException {
    return byName(deb, Files.readAllBytes(deb));
  }

  /** What a lock says of it, by its file name: {@code NAME_VERSION_ARCHITECTURE.deb}. */
  static LockedPackage byName(Path deb, byte[] content) {
    String name = deb.getFileName().toString();
    String[] fields = name.replace("%3a", ":").replace(".deb", "").split("_");
    return SampleLock.binary(fields[0], fields[1], fields[2], "pool/" + name, content);
  }

  /** The standard output of a command that has to succeed. */
  static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("run", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(DIRECTORY.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } finally {
      Files.delete(output);
    }
  }

  private static Path one(String name) {
    try {
      List<Path> there = found(name);
      if (there.isEmpty()) {
        run("apt-get", "-o", "APT::Sandbox::User=root", "download", name);
        there = found(name);
      }
      return there.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> found(String name) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(f -> f.getFileName().toString().startsWith(name + "_")).toList();
    }
  }
}
