package dev.kiln.builder.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.progress.Progress;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockProfileTest {
  private static final String PROFILE =
      """
      name: sample
      description: A sample
      distribution: {name: debian, release: bookworm}
      architecture: amd64
      repositories:
        debian: {mirror: "https://deb.example/debian", suites: [bookworm], components: [main], keyring: ./keys.gpg}
      packages: {include: {tool: to try it}}
      kit:
        repositories:
          debian-security: null
          debian:
            mirror: https://deb.example/debian
            suites: [bookworm]
            components: [main]
            keyring: ./keys.gpg
        host: {squashfs-tools: null, cryptsetup-bin: null, busybox-static: null, packer: to pack}
        boot: {cryptsetup-bin: null, busybox-static: null, opener: to open}
      pins:
        thing:
          version: v1
          sha256: "%s"
          addresses: ["https://one.example/thing"]
          layer: runtime
          install: /usr/bin/thing
      builds:
        built:
          version: v2
          layer: kubernetes
          source: {repository: debian, package: built, version: 2-1}
          toolchain: {compiler: to compile}
          commands: make
          outputs: {built: /usr/bin/built}
      """
          .formatted("c".repeat(64));

  private final TestSigner signer = TestSigner.create();
  private final SignedRepository repository = new SignedRepository(signer, "bookworm");
  @TempDir private Path directory;

  @Test
  void locksPackagesKitPinsAndBuilds() throws IOException {
    Lock lock = lock(profile(), signed(), Clock.systemUTC());

    assertThat(lock.profile()).isEqualTo("sample");
    assertThat(lock.architecture()).isEqualTo("amd64");
    assertThat(lock.os().indexes()).extracting("name.suite").containsExactly("bookworm");
    assertThat(told(lock.packages()))
        .containsExactly(
            "base 1: essential in bookworm", "libc 1: base depends on it", "tool 1: to try it");
    assertThat(told(lock.kit("amd64").orElseThrow().packages()))
        .containsExactly("libc 1: packer depends on it", "packer 1: to pack");
    assertThat(told(lock.boot().packages())).containsExactly("opener 1: to open");
    assertThat(lock.pins()).extracting("name").containsExactly("thing");
    LockedBuild build = lock.builds().get(0);
    assertThat(((LockedSource.SourcePackage) build.source()).files())
        .extracting(LockedSource.SourceFile::path)
        .containsExactly(
            "pool/main/b/built/built_2-1.dsc", "pool/main/b/built/built_2.orig.tar.xz");
    assertThat(told(build.toolchain()))
        .containsExactly(
            "base 1: essential in bookworm",
            "compiler 1: to compile",
            "libc 1: base depends on it");
  }

  @Test
  void makesTheSameBytesWhereverAndWheneverItReadsTheSameRepositories() throws IOException {
    SignedRepository signed = signed();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));

    byte[] one = Json.write(lock(profile(), signed, Clock.systemUTC()));
    byte[] other = Json.write(lock(profile(), signed, later));

    assertThat(other).isEqualTo(one);
  }

  @Test
  void changesTheRecipeWithTheCommandsOnly() throws IOException {
    Digest before = recipe(PROFILE);

    assertThat(recipe(PROFILE.replace("A sample", "Another"))).isEqualTo(before);
    assertThat(recipe(PROFILE.replace("commands: make", "commands: make all")))
        .isNotEqualTo(before);
    assertThat(recipe(PROFILE.replace("{built: /usr/bin/built}", "{built: /usr/bin/other}")))
        .isNotEqualTo(before);
  }

  @Test
  void saysThatASourcePackageIsMissing() throws IOException {
    Profile profile = profile(PROFILE.replace("version: 2-1", "version: 3-1"));

    assertThatThrownBy(() -> lock(profile, signed(), Clock.systemUTC()))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "the source package built 3-1 is in no suite of the repository debian: bookworm. Check"
                + " its version, or add a suite that has it.");
  }

  @Test
  void saysThatAWantedPackageIsMissing() throws IOException {
    Profile profile = profile(PROFILE.replace("{tool: to try it}", "{tol: to try it}"));

    assertThatThrownBy(() -> lock(profile, signed(), Clock.systemUTC()))
        .hasMessage(
            "the package tol (to try it) is in no repository of the profile. Check its spelling, or"
                + " add a repository or component that has it.");
  }

  /** As the makers of small repositories write: one wrong entry is not the whole repository. */
  @Test
  void locksTheOthersWhereAnEntryThatNobodyWantsIsWrong() throws IOException {
    Lock sound = lock(profile(), signed(), Clock.systemUTC());
    String index = packages() + "\nVersion: 3\n\n" + paragraph("other", "Depends: (\n");

    Lock lock = lock(profile(), signed().packages("main", index).sign(), Clock.systemUTC());

    assertThat(told(lock.packages())).isEqualTo(told(sound.packages()));
  }

  @Test
  void refusesAVersionThatIsNoneWhereItIsWanted() throws IOException {
    String index =
        packages() + "\n" + paragraph("tool", "").replace("Version: 1", "Version: 1.0_beta");

    assertThatThrownBy(
            () -> lock(profile(), signed().packages("main", index).sign(), Clock.systemUTC()))
        .hasMessage(
            "the package tool 1.0_beta is described wrongly in the suite bookworm of the repository"
                + " debian: '1.0_beta' is no version (wanted: to try it). Tell who made the"
                + " repository, or take the package from another.")
        .extracting(failure -> ((KilnException) failure).kind())
        .isEqualTo(KilnException.Kind.INPUT);
  }

  @Test
  void namesTheComponentsThatTheProfileDoesNotTakeWhereSomethingIsMissing() throws IOException {
    Profile profile = profile(PROFILE.replace("{tool: to try it}", "{tol: to try it}"));
    SignedRepository more = signed().field("Components", "main contrib updates/extra").sign();

    assertThatThrownBy(() -> lock(profile, more, Clock.systemUTC()))
        .hasMessageEndingWith(
            "Check its spelling, or add a repository or component that has it; components that the"
                + " profile does not take: debian/bookworm (contrib, extra).");
  }

  private Digest recipe(String profile) throws IOException {
    return lock(profile(profile), signed(), Clock.systemUTC()).builds().get(0).recipe();
  }

  private Profile profile() throws IOException {
    return profile(PROFILE);
  }

  private Profile profile(String text) throws IOException {
    Files.write(directory.resolve("keys.gpg"), signer.publicKey());
    Path file = directory.resolve("sample.yaml");
    Files.writeString(file, text);
    return KnownFamilies.CATALOG.find(file.toString());
  }

  private SignedRepository signed() {
    return repository
        .packages("main", packages())
        .sources(
            "main",
            """
            Package: built
            Version: 2-1
            Directory: pool/main/b/built
            Checksums-Sha256:
             %s 2 built_2.orig.tar.xz
             %s 1 built_2-1.dsc
            """
                .formatted("a".repeat(64), "b".repeat(64)))
        .sign();
  }

  private static String packages() {
    return String.join(
        "\n",
        paragraph("base", "Essential: yes\nDepends: libc\n"),
        paragraph("libc", ""),
        paragraph("tool", "Depends: libc\n"),
        paragraph("packer", "Depends: libc\n"),
        paragraph("opener", ""),
        paragraph("compiler", "Depends: libc\n"),
        paragraph("other", ""));
  }

  private static String paragraph(String name, String fields) {
    return "Package: %s\nVersion: 1\nArchitecture: all\n%sFilename: pool/%s.deb\nSize: 1\nSHA256: %s\n"
        .formatted(name, fields, name, "d".repeat(64));
  }

  private static Lock lock(Profile profile, SignedRepository repository, Clock clock) {
    Progress progress = Progress.open("test", Optional.empty(), Map.of());
    return new LockProfile(KnownFamilies.ALL, everywhere(name -> repository), progress, clock)
        .lock(LockRequest.first(profile, "amd64"))
        .lock();
  }

  private static LockModules noModules() {
    throw new AssertionError("nothing here is built of modules");
  }

  private static LockProfile.Places everywhere(Function<String, ArchiveSource> files) {
    return new LockProfile.Places(files, files, LockProfileTest::noModules, Optional.of(files));
  }

  private static List<String> told(List<LockedPackage> packages) {
    return packages.stream()
        .map(each -> each.name() + " " + each.version() + ": " + each.reason())
        .toList();
  }
}
