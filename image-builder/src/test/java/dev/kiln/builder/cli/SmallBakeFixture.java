package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.packages.ReadyPackages;
import dev.kiln.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small archive, a profile, an empty cache, and the program between them. */
abstract class SmallBakeFixture {
  @TempDir Path directory;
  SmallArchive archive;
  BuilderProgram builder;
  Path profile;

  @BeforeEach
  void openArchive() throws IOException {
    archive = new SmallArchive();
    builder = new BuilderProgram(directory);
    profile = archive.writeProfile(directory);
  }

  @AfterEach
  void closeArchive() {
    archive.close();
  }

  Path cache() {
    return directory.resolve("cache");
  }

  Ended bake(String... more) {
    return bakeTo("image", more);
  }

  Ended bakeTo(String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("bake", "--profile=small.yaml", "--cache=" + cache(), "--output=" + output));
    arguments.addAll(List.of(more));
    return builder.run(arguments.toArray(String[]::new));
  }

  /** It ended with this code and these words, and nothing of an image is there. */
  void assertRefused(Ended ended, ExitCode code, String... problems) {
    assertThat(ended.words())
        .isEqualTo(
            Stream.of(problems)
                .map(problem -> "builder: " + problem)
                .reduce((a, b) -> a + "\n" + b)
                .orElse(""));
    assertThat(ended.exitCode()).isEqualTo(code.code());
    assertThat(ended.out()).isEmpty();
    assertThat(directory.resolve("image")).doesNotExist();
    assertThat(directory.resolve(".image.part")).doesNotExist();
    assertThat(filesIn("tmp")).isEmpty();
    assertThat(filesIn("locks")).isSubsetOf(".guard");
  }

  /** With everything fetched and accepted, a root of one package that is no program ends here. */
  void assertGoesAsFarAsASmallArchiveCan(Ended ended) {
    assertRefused(
        ended, ExitCode.INPUT, "the kit has no busybox. Add busybox-static to the profile's kit.");
    assertThat(filesIn("made/ready-deb")).containsExactly(readyKey());
  }

  /** Of the archive's one package, made ready. */
  String readyKey() {
    return ReadyPackages.keyOf(
            SampleLock.binary("sample", "1.0-1", "all", archive.file(SmallArchive.DEB)))
        .hex();
  }

  /** The names in a directory of the cache; none where there is no cache. */
  List<String> filesIn(String part) {
    Path there = cache().resolve(part);
    if (!Files.isDirectory(there)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(there)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
