package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.TestCache;
import dev.kiln.builder.cli.BuilderProgram.Ended;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.command.ExitCode;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real reports of what went wrong once, with the files that came with them. Needs root and a
 * mirror.
 */
class TrialsIT {
  @TempDir private Path directory;

  private final Trials trials = Trials.open();

  @BeforeEach
  void writeTheSmallestProfile() throws IOException {
    Files.writeString(directory.resolve("min.yaml"), trials.smallest());
  }

  @Test
  void refusesAnOlderProfileWithTheKeysOfTheKit() throws IOException {
    Files.writeString(directory.resolve("min.yaml"), trials.text("cache-deletes-tmp/min.yaml"));

    Ended ended = builder().run("lock", "--profile=./min.yaml");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words()).contains("min.yaml:23: kit has no key 'squashfs-tools'");
  }

  @ParameterizedTest
  @CsvSource({
    "munge, a script of munge made /etc/munge/munge.key",
    "sslcert, a script of ssl-cert made /etc/ssl/private/ssl-cert-snakeoil.key",
    "bind, a script of bind9 made /etc/bind/rndc.key",
    "dropbear, a script of dropbear-initramfs made",
  })
  void refusesThePrivateKeysOfARealPackage(String name, String words) throws IOException {
    Ended ended = bake(name);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words()).contains(words);
    assertThat(directory.resolve("image")).doesNotExist();
  }

  @Test
  void leavesTheNamesOfAMachineToThatMachine() throws IOException {
    BakeBench.succeed(bake("nvme"));

    assertThat(os("nvme").listing()).doesNotContainKeys("/etc/nvme/hostid", "/etc/nvme/hostnqn");
  }

  @Test
  void bakesNothingOfThisMachinesNameIntoAMailServer() throws IOException {
    BakeBench.succeed(bake("exim"));

    assertThat(os("exim").content("/etc/mailname")).isEqualTo("localhost\n");
  }

  /** Its script ends where no interface is up; open-iscsi's daemon where its file is missing. */
  @Test
  void bakesServicesThatAskForAnInterfaceAndForAName() throws IOException {
    Files.writeString(
        directory.resolve("mail.yaml"),
        """
        extends: min
        name: mail
        packages:
          include: {postfix: its script makes a database of aliases, open-iscsi: disks}
        seal:
          /etc/ssl/private/ssl-cert-snakeoil.key: {by: nobody needs it here}
        """);

    BakeBench.succeed(bakeHere("mail"));

    assertThat(os("mail").listing()).containsKey("/etc/aliases.db");
    assertThat(os("mail").content("/etc/iscsi/initiatorname.iscsi"))
        .isEqualTo("GenerateName=yes\n");
  }

  /** Processes that stay, a compiler that is missing, much data, many files: all in one system. */
  @Test
  void installsThePackagesThatOnceHungOrDidNotFit() throws IOException {
    try (TrialRepository repository = new TrialRepository(directory)) {
      repository.add(trials.file("daemon-hangs-bake/kt-daemon_1_all.deb"));
      repository.add(trials.file("py3compile-without-python/kt-py_1_all.deb"));
      repository.add(trials.file("workspace-too-small/kt-big_1_all.deb"));
      repository.add(trials.file("workspace-too-small/kt-tiny_1_all.deb"));
      repository.publish("packages");

      BakeBench.succeed(bakeHere("packages"));

      Map<String, String> files = os("packages").listing();
      assertThat(files).containsKeys("/usr/share/kt-big/data", "/usr/share/kt-py/a.py");
      assertThat(files.keySet())
          .filteredOn(path -> path.startsWith("/usr/share/kt-tiny/"))
          .hasSizeGreaterThan(200_000);
    }
  }

  @Test
  void passesOverAWrongVersionOfAnIndex() throws IOException {
    try (TrialRepository repository = new TrialRepository(directory)) {
      repository.publish(
          "odd", trials.text("bad-version-is-a-defect/Packages"), List.of("kt-plain"));

      Ended ended =
          BakeBench.succeed(
              builder().run("lock", "--profile=./odd.yaml", "--cache=" + TestCache.path()));

      assertThat(ended.err()).contains("it is passed over");
    }
  }

  @Test
  void explainsInFewWordsThatOnePackageIsMissing() throws IOException {
    copy("noisy-explanation/steam.yaml");

    Ended ended = builder().run("lock", "--profile=./steam.yaml", "--cache=" + TestCache.path());

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words()).contains("steam-libs-i386").hasSizeLessThan(2000);
  }

  @Test
  void refusesPartsOfAFlatRepositoryWithItsLine() throws IOException {
    copy("flat-repository/flat.yaml");
    Files.write(directory.resolve("test-keyring.asc"), TestSigner.create().publicKey());

    Ended ended = builder().run("lock", "--profile=./flat.yaml");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(ended.words())
        .startsWith("builder: ./flat.yaml:")
        .contains("has no components: leave them out");
  }

  @Test
  void leavesADirectoryAloneThatIsNoCache() throws IOException {
    Path file = directory.resolve("h/tmp/a/f");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");

    Ended ended = builder().run("lock", "--profile=./min.yaml", "--cache=h");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INPUT.code());
    assertThat(file).hasContent("x");
  }

  @Test
  void unpacksNamesOfOtherLanguagesWhereNoLocaleIsSet() throws IOException {
    try (Mirror mirror = new Mirror()) {
      byte[] archive = Files.readAllBytes(trials.file("posix-locale/u.tgz"));
      mirror.serve("/", archive);
      String profile = trials.text("posix-locale/pin-u.yaml");
      Files.writeString(
          directory.resolve("pin-u.yaml"),
          profile.replaceFirst("http://[^\"]*", mirror.address("/u.tgz").toString()));
      assertThat(profile).contains(Digest.of(archive).hex());

      BakeBench.succeed(bakeHere("pin-u"));

      assertThat(Squashfs.of(image("pin-u"), "runtime").listing())
          .containsKey("/opt/tool/bin/ü.txt");
    }
  }

  private Ended bake(String name) throws IOException {
    copy("baked-secrets-and-identity/" + name + ".yaml");
    return bakeHere(name);
  }

  private Ended bakeHere(String name) {
    return builder()
        .with("LC_ALL", "C")
        .run(
            "bake",
            "--profile=./" + name + ".yaml",
            "--cache=" + TestCache.path(),
            "--output=" + name + "-image");
  }

  private Squashfs os(String name) {
    return Squashfs.of(image(name), "os");
  }

  private ImageDirectory image(String name) {
    return ImageDirectory.read(directory.resolve(name + "-image"));
  }

  private void copy(String path) throws IOException {
    Path from = trials.file(path);
    Files.copy(from, directory.resolve(from.getFileName().toString()));
  }

  private BuilderProgram builder() {
    return new BuilderProgram(directory);
  }
}
