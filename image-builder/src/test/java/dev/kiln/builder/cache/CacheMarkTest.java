package dev.kiln.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user can name any directory as the cache. */
class CacheMarkTest {
  private final FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(100)));

  @TempDir Path directory;

  /** The octets are those of the Cache Directory Tagging Specification. */
  @Test
  void isTheTagByWhichBackupsKnowCaches() {
    Cache cache = new Cache(directory.resolve("cache"));

    assertThat(cache.root().resolve("CACHEDIR.TAG"))
        .content()
        .startsWith("Signature: 8a477f597d28d172789f06886806bc55\n")
        .contains("cache of Kiln's builder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp/a/file", "locks/keys", "partial/half", "thesis.txt", ".hidden"})
  void nothingIsMadeOrRemovedInADirectoryOfAnother(String name) throws IOException {
    Path foreign = directory.resolve(name);
    Files.createDirectories(foreign.resolveSibling(""));
    Files.writeString(foreign, "years of work");
    Files.setLastModifiedTime(foreign, longAgo);

    assertThatThrownBy(() -> new Cache(directory))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(directory + " holds other files, and is no cache of builder's");
    assertThatThrownBy(() -> Cache.existing(directory)).hasMessageContaining("is no cache");

    assertThat(foreign).hasContent("years of work");
    try (var list = Files.list(directory)) {
      assertThat(list.map(directory::relativize)).containsExactly(Path.of(name).getName(0));
    }
  }

  @Test
  void aCacheOfAnotherProgramIsNone() throws IOException {
    Files.writeString(
        directory.resolve("CACHEDIR.TAG"),
        "Signature: 8a477f597d28d172789f06886806bc55\n# ccache\n");

    assertThatThrownBy(() -> new Cache(directory)).hasMessageContaining("is no cache of builder's");
  }

  @Test
  void aCacheFromBeforeThereWereMarksGetsOne() throws IOException {
    Path blob = new Cache(directory).put(new byte[] {1});
    Files.delete(directory.resolve("CACHEDIR.TAG"));
    Files.createDirectories(directory.resolve("entries/kit"));

    Cache cache = Cache.existing(directory);

    assertThat(cache.find(Digest.of(new byte[] {1}))).contains(blob);
    assertThat(directory.resolve("CACHEDIR.TAG")).exists();
  }

  @Test
  void anEmptyDirectoryAndAnEmptyFileSystemCanBecomeOne() throws IOException {
    new Cache(directory.resolve("not/there"));
    new Cache(Files.createDirectory(directory.resolve("empty")));
    Files.createDirectories(directory.resolve("mounted/lost+found"));
    new Cache(directory.resolve("mounted"));
  }

  @Test
  void alsoInACacheOnlyWhatItNamedIsRemoved() throws IOException {
    new Cache(directory);
    List<Path> foreign = new ArrayList<>();
    for (String name :
        List.of(
            "tmp/notes/a", "tmp/b-" + "0".repeat(36) + "/c", "locks/keys", "partial/half.iso")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      foreign.add(Files.writeString(file, "years of work"));
      Files.setLastModifiedTime(file, longAgo);
    }
    Path left = Files.createDirectory(directory.resolve("tmp/kit-" + UUID.randomUUID()));

    new Cache(directory);

    assertThat(left).doesNotExist();
    assertThat(foreign).allSatisfy(file -> assertThat(file).hasContent("years of work"));
  }
}
