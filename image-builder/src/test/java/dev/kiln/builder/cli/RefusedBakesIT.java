package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wishes that cannot be met: profiles, locks, zones and places that are wrong. */
class RefusedBakesIT extends SmallBakeFixture {
  @Test
  void namesEveryMistakeOfAProfileWithItsLine() throws IOException {
    String right = Files.readString(profile);
    Files.writeString(
        profile,
        right
            .replace("name: small", "name: Small!")
            .replace("architecture: amd64", "architecture: z80")
            .replace("\n    suites: [small]", "\n    suits: [small]"));

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "small.yaml:1: 'Small!' is not a name of a profile: write lower-case letters, digits, '.'"
            + " and '-', at most 63.",
        "small.yaml:4: 'z80' is not one of amd64, arm64.",
        "small.yaml:7: a repository needs 'suites'. Add 'suites: …'.",
        "small.yaml:8: a repository has no key 'suits'. Did you mean 'suites'?");
    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void refusesAWrongVariableOfAProxyOnceBeforeAnythingIsAsked() {
    builder.with("http_proxy", "socks5://127.0.0.1:1");

    assertRefused(
        bake(),
        ExitCode.INPUT,
        "the environment variable http_proxy is not the address of an HTTP proxy. Write"
            + " http://HOST:PORT, or http://NAME:PASSWORD@HOST:PORT with %40 for @ and %23 for # in"
            + " them.");
    assertThat(archive.requests()).isEmpty();
  }

  /** Root of a usual container. */
  @Test
  void saysBeforeItFetchesThatRootMayNotMakeASandbox() throws IOException {
    Path program =
        Files.writeString(
            directory.resolve("contained"),
            "#!/bin/sh\nexec setpriv --inh-caps -all --bounding-set -sys_admin,-net_admin "
                + System.getenv("KILN_BUILDER")
                + " \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    builder = new BuilderProgram(directory, program.toString());

    Ended ended = bake();

    assertThat(ended.exitCode()).isEqualTo(ExitCode.IO.code());
    assertThat(ended.words())
        .startsWith("builder: root may not make a sandbox here: setpriv: ")
        .endsWith(
            "Run it outside of containers, or in one that has the capabilities SYS_ADMIN and"
                + " NET_ADMIN and may make namespaces.");
    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void saysHowToMakeTheLockThatIsMissing() throws IOException {
    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "there is no lock small.lock.json. Make it: builder lock --profile small.yaml --output"
            + " small.lock.json.");

    lock();
    assertGoesAsFarAsASmallArchiveCan(bake("--locked"));
  }

  @Test
  void refusesTheLockOfAnotherProfile() throws IOException {
    lock();
    String right = Files.readString(profile);
    Files.writeString(profile, right.replace("name: small", "name: other"));

    assertRefused(
        bake("--locked", "--lock=small.lock.json"),
        ExitCode.INPUT,
        "small.lock.json is the lock of the profile small, not of other. Name the right lock.");

    Files.writeString(profile, right.replace("to try it", "to try it again"));
    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "small.lock.json was made before the profile small was changed. Make it again: builder"
            + " lock --profile small.yaml --output small.lock.json.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pool/sample.deb | ../../etc/shadow | the path '../../etc/shadow' of sample leaves its repository, or is no plain path",
        "pool/sample.deb | pool/a<b.deb | the path 'pool/a<b.deb' of sample leaves its repository, or is no plain path",
        "\"builds\" | \"bilds\" | it has no key 'builds'",
      })
  void refusesADamagedLock(String right, String wrong, String because) throws IOException {
    Path lock = lock();
    String sound = Files.readString(lock);
    assertThat(sound).contains(right);
    Files.writeString(lock, sound.replace(right, wrong));

    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "small.lock.json is not a lock that Kiln wrote: "
            + because
            + ". Make it again with the program that wrote it.");
  }

  /** The package itself is in the cache, under the digest that the lock still names. */
  @Test
  void refusesALockWithAWrongSizeAlsoWhereEverythingIsHere() throws IOException {
    Path lock = lock();
    assertGoesAsFarAsASmallArchiveCan(bake("--locked"));
    int size = archive.file(SmallArchive.DEB).length;
    String sound = Files.readString(lock);
    assertThat(sound).contains("\"size\" : " + size);
    Files.writeString(lock, sound.replace("\"size\" : " + size, "\"size\" : " + (size + 1)));

    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "sample 1.0-1 has "
            + size
            + " bytes, not "
            + (size + 1)
            + ". Lock again: what names it says a wrong size.");
  }

  /** The next image of a profile seldom has the name of the one that was not finished. */
  @Test
  void removesWhatAKilledBakeOfTheProfileLeftAndNothingElse() throws IOException {
    Path images = directory.resolve("images");
    Path left = Files.createDirectories(images.resolve(".small-0123456789ab.part/image"));
    Files.writeString(left.resolve("os.squashfs"), "half");
    Files.createFile(left.resolveSibling("lock"));
    Path other = Files.createDirectories(images.resolve(".other-0123456789ab.part/image"));
    Files.createFile(other.resolveSibling("lock"));
    Path mine = Files.createDirectories(images.resolve(".small-thesis.part"));
    Files.writeString(mine.resolve("lock"), "years of work");

    builder.run("bake", "--profile=small.yaml", "--cache=" + cache());

    assertThat(left.resolveSibling("")).doesNotExist();
    assertThat(other).exists();
    assertThat(mine.resolve("lock")).hasContent("years of work");
  }

  @Test
  void refusesBeforehandWhatNoBakeCanMakeYet() throws IOException {
    String right = Files.readString(profile);
    Files.writeString(
        profile,
        right.replace("architecture: amd64", "architecture: arm64")
            + """
              pins:
                pause:
                  version: v1
                  sha256: "%s"
                  addresses: ["http://127.0.0.1:9/pause.tar.gz"]
                  layer: images
                  unpack: {to: /opt/pause}
              """
                .formatted("0".repeat(64)));
    List<String> lines = Files.readAllLines(profile);

    assertRefused(
        bake(),
        ExitCode.UNSUPPORTED,
        "small.yaml:4: images for arm64 cannot be baked yet. Write amd64; 'builder check' and"
            + " 'builder lock' take arm64 already.",
        "small.yaml:"
            + (lines.indexOf("    layer: images") + 1)
            + ": a machine does not import the layer 'images' into its runtime yet. Leave this"
            + " out: the machine pulls container images from a registry.");
    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void namesTheFormatOfALockThatANewerBuilderWrote() throws IOException {
    Path lock = lock();
    String sound = Files.readString(lock);
    Files.writeString(lock, sound.replace("\"version\" : 3,", "\"version\" : 4,"));

    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "small.lock.json has format 4; this program reads format 3. Use a newer builder.");
  }

  @Test
  void refusesHalfALock() throws IOException {
    Path lock = lock();
    String sound = Files.readString(lock);
    Files.writeString(lock, sound.substring(0, sound.length() / 2));

    assertRefused(
        bake("--locked"),
        ExitCode.INPUT,
        "small.lock.json is not a lock that Kiln wrote: it ends too early. Make it again with the"
            + " program that wrote it.");
  }

  @Test
  void refusesAPlaceWithOtherFilesBeforeItDoesAnything() throws IOException {
    Path thesis = Files.createDirectory(directory.resolve("mine")).resolve("thesis.txt");
    Files.writeString(thesis, "years of work");

    assertRefused(
        bakeTo("mine"),
        ExitCode.INPUT,
        directory.resolve("mine")
            + " is there, and is no image. Choose another --output, or remove it.");

    assertThat(thesis).hasContent("years of work");
    assertThat(directory.resolve(".mine.part")).doesNotExist();
    assertThat(archive.requests()).isEmpty();
  }

  @Test
  void refusesAPlaceThatCannotBeWrittenBeforeItDoesAnything() {
    assertRefused(
        bakeTo("small.yaml/image"),
        ExitCode.INPUT,
        "small.yaml/image cannot be written: "
            + profile
            + " is no directory that may be written to. Choose another --output.");

    assertThat(archive.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cn | the profile small has no zone 'cn'. Take one of default.",
        "The Moon | 'The Moon' is not a name of a zone: write lower-case letters, digits, '.' and '-', at most 63. It comes from --zone, or else from the variable KKZONE."
      })
  void refusesAZoneThatTheProfileDoesNotHave(String zone, String words) {
    assertRefused(bake("--zone=" + zone), ExitCode.INPUT, words);

    builder.with("KKZONE", zone);
    assertRefused(bake(), ExitCode.INPUT, words);
  }

  private Path lock() {
    Ended ended = builder.run("lock", "--profile=small.yaml", "--cache=" + cache());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return directory.resolve("small.lock.json");
  }
}
