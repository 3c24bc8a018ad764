package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Rot;
import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache that rotted, and the commands that look after it. */
class BrokenCacheIT extends SmallBakeFixture {
  private Path index;
  private Path deb;
  private Path ready;
  private Path kit;

  @BeforeEach
  void fillTheCache() {
    assertGoesAsFarAsASmallArchiveCan(bake());
    Digest packages = Digest.of(archive.file("dists/small/main/binary-amd64/Packages.xz"));
    Digest sample = Digest.of(archive.file(SmallArchive.DEB));
    index = blob(packages);
    deb = blob(sample);
    ready = cache().resolve("made/ready-deb").resolve(readyKey());
    kit = cache().resolve("made/kit").resolve(filesIn("made/kit").get(0));
  }

  @Test
  void isMendedByTheNextBake() throws IOException {
    for (Path file :
        List.of(index, kit.resolve("content/usr/bin/sample"), ready.resolve("content"), deb)) {
      Rot.flip(file);
    }
    // Where a lock does, no index is read.
    Files.delete(directory.resolve("small.lock.json"));

    Ended ended = bake();

    assertGoesAsFarAsASmallArchiveCan(ended);
    assertThat(ended.untimed().lines().filter(line -> line.contains(" is broken ")))
        .containsExactly(
            said("blob", index, "its content was changed"),
            said("kit", kit, "usr/bin/sample was changed"),
            said("ready-deb", ready, "its content was changed"),
            said("blob", deb, "its content was changed"));
    assertThat(bake().err()).doesNotContain("is broken");
  }

  /** With the kit there, nobody needs the packages it was made of. */
  @Test
  void isNotReadWhereNothingOfItIsUsed() throws IOException {
    Rot.flip(ready.resolve("content"));
    Rot.flip(deb);

    Ended ended = bake();

    assertGoesAsFarAsASmallArchiveCan(ended);
    assertThat(ended.err()).doesNotContain("is broken");
  }

  @Test
  void isReadWholeAndMendedByVerify() throws IOException {
    Ended sound = builder.run("cache", "verify", "--cache=" + cache());
    assertThat(sound.exitCode()).as(sound.err()).isZero();
    assertThat(sound.out()).matches("\\d+ blobs and entries, .*B, are what they were .*\n");
    Rot.flip(deb);
    Files.delete(kit.resolve("record.json"));

    Ended broken = builder.run("cache", "verify", "--cache=" + cache());

    assertThat(broken.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(broken.words())
        .isEqualTo(
            "builder: the cache's blob %s is broken (its content was changed). It was dropped: the next bake makes it again.\nbuilder: the cache's kit %s is broken (its record is missing). It was dropped: the next bake makes it again."
                .formatted(digits(deb), digits(kit)));
    assertThat(broken.err()).containsPattern("cache=verify step=verify-entries \\d+\\.\\ds");
    assertThat(builder.run("cache", "verify", "--cache=" + cache()).exitCode()).isZero();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void isCleanedOfWhatNobodyUsed() throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
    Files.setLastModifiedTime(deb, old);
    Files.setLastModifiedTime(kit, old);

    Ended cleaned = builder.run("cache", "clean", "--older-than=30d", "--cache=" + cache());

    assertThat(cleaned.exitCode()).as(cleaned.err()).isZero();
    assertThat(cleaned.out()).matches("removed 2 things, .*B are free\\.\n");
    assertThat(deb).doesNotExist();
    assertThat(kit).doesNotExist();
    assertThat(ready).exists();
    assertGoesAsFarAsASmallArchiveCan(bake());
  }

  @Test
  void isNotCleanedByACommandThatDoesNotSayOfWhat() {
    assertUsage("Missing required option: '--older-than=AGE'", "cache", "clean");
    assertUsage("Missing required subcommand", "cache");
    for (String age : List.of("soon", "30", "0d", "-1d", "1.5d", "30 d", "123456d")) {
      assertUsage(
          "Invalid value for option '--older-than': '"
              + age
              + "' is no age; write days as 30d, or hours as 12h",
          "cache",
          "clean",
          "--older-than=" + age,
          "--cache=" + cache());
    }
    assertThat(ready).exists();
  }

  @Test
  void isOnlyTakenForOneWhereItIsOne() throws IOException {
    Path other = Files.createDirectories(directory.resolve("other/entries"));

    Ended ended = builder.run("cache", "clean", "--older-than=1d", "--cache=" + other.getParent());

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words())
        .isEqualTo(
            "builder: %s is no cache. Name the directory that bakes use."
                .formatted(other.getParent()));
    assertThat(other).exists();
    assertThat(other.resolveSibling("blobs")).doesNotExist();
  }

  private void assertUsage(String words, String... arguments) {
    Ended ended = builder.run(arguments);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.err()).startsWith(words);
  }

  private Path blob(Digest digest) {
    return cache()
        .resolve("blobs/sha256")
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  private static String said(String kind, Path item, String what) {
    return "bake=small the cache's %s %s is broken (%s): made again"
        .formatted(kind, digits(item), what);
  }

  private static String digits(Path item) {
    return String.valueOf(item.getFileName()).substring(0, 12);
  }
}
