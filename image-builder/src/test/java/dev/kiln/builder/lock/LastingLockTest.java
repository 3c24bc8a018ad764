package dev.kiln.builder.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.distro.Move;
import dev.kiln.builder.distro.Renewal;
import dev.kiln.builder.distro.debian.archive.SignedRepository;
import dev.kiln.builder.distro.debian.archive.TestSigner;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.progress.Progress;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock beside the lock before it: what is kept, what moves, and what is refused. */
class LastingLockTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");
  private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

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
          debian: null
          debian-security: null
          tools: {mirror: "https://deb.example/tools", suites: [bookworm], components: [main], keyring: ./keys.gpg}
        host: {squashfs-tools: null, cryptsetup-bin: null, busybox-static: null, packer: to pack}
        boot: {cryptsetup-bin: null, busybox-static: null, packer: to open}
      pins:
        thing: {version: v1, sha256: "%s", addresses: ["https://one.example/thing"], layer: runtime, install: /usr/bin/thing}
      """
          .formatted("c".repeat(64));

  private final TestSigner signer = TestSigner.create();
  @TempDir private Path directory;

  @Test
  void readsNoRepositoryWhereEverythingStillDoes() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));

    LockOutcome again = lock(PROFILE, LastingLockTest::nobody, Optional.of(lock), Renewal.NONE);

    assertThat(Json.write(again.lock())).isEqualTo(Json.write(lock));
    assertThat(again.moves()).isEmpty();
  }

  @Test
  void readsNoRepositoryForAChangedPin() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    String changed = PROFILE.replace("c".repeat(64), "d".repeat(64)).replace("v1", "v2");

    LockOutcome again = lock(changed, LastingLockTest::nobody, Optional.of(lock), Renewal.NONE);

    assertThat(again.lock().os()).isEqualTo(lock.os());
    assertThat(again.lock().pins()).extracting("version").containsExactly("v2");
    assertThat(again.moves())
        .containsExactly(Move.changed("thing", "v1", "v2", "the profile says so"));
  }

  @Test
  void dropsWhatNothingAsksForAnyMoreWithoutAnyRepository() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    String changed = PROFILE.replace("{include: {tool: to try it}}", "{include: {libc: to stay}}");

    LockOutcome again = lock(changed, LastingLockTest::nobody, Optional.of(lock), Renewal.NONE);

    assertThat(names(again.lock().packages())).containsExactly("base", "libc");
    assertThat(again.moves())
        .containsExactly(Move.removed("tool", "1", "the profile does not want it any more"));
  }

  @Test
  void tellsTheNewReasonOfWhatItKeeps() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));

    Lock again =
        lock(
                PROFILE.replace("to try it", "to keep it"),
                LastingLockTest::nobody,
                Optional.of(lock),
                Renewal.NONE)
            .lock();

    assertThat(again.packages()).extracting("reason").contains("to keep it");
  }

  @Test
  void readsTheImagesRepositoryOnlyWhereTheKitStillDoes() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    String changed = PROFILE.replace("{tool: to try it}", "{tool: to try it, other: to try too}");
    SignedRepository newer = archive(TUESDAY, "2");

    Lock again =
        lock(
                changed,
                repository -> repository.equals("debian") ? newer : nobody(repository),
                Optional.of(lock),
                Renewal.NONE)
            .lock();

    assertThat(names(again.packages())).contains("other");
    assertThat(again.kits()).isEqualTo(lock.kits());
    assertThat(again.boot()).isEqualTo(lock.boot());
  }

  @Test
  void keepsTheKitsRepositoryApartFromTheImagesOfThatName() throws IOException {
    String sameName =
        PROFILE.replace("debian: null", "tools: null").replaceFirst("tools: \\{m", "debian: {m");
    SignedRepository image = archive(TUESDAY, "2");
    SignedRepository kit = archive(MONDAY, "1");
    LockProfile.Places apart =
        new LockProfile.Places(
            name -> image, name -> kit, LastingLockTest::noModules, Optional.empty());

    Lock first = lock(sameName, apart, Optional.empty(), Renewal.NONE).lock();
    Lock again = lock(sameName, apart, Optional.of(first), Renewal.ALL).lock();

    assertThat(first.packages()).extracting("version").containsOnly("2");
    assertThat(first.boot().packages()).extracting("version").containsOnly("1");
    assertThat(first.kits().get(0).packages()).extracting("version").containsOnly("1");
    // That the kit's index is older than the image's is no rollback.
    assertThat(Json.write(again)).isEqualTo(Json.write(first));
  }

  @Test
  void renewsEverythingWhenAskedTo() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    SignedRepository newer = archive(TUESDAY, "2");

    LockOutcome again = lock(PROFILE, repository -> newer, Optional.of(lock), Renewal.ALL);

    assertThat(again.lock())
        .isEqualTo(lock(PROFILE, repository -> newer, Optional.empty(), Renewal.NONE).lock());
    assertThat(again.moves()).extracting(Move::name).contains("tool", "libc", "packer");
  }

  @Test
  void renewsTheKitAloneWhenAskedTo() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    SignedRepository newer = archive(TUESDAY, "2");

    Lock again =
        lock(PROFILE, repository -> newer, Optional.of(lock), Renewal.of(Set.of("kit"))).lock();

    assertThat(again.os()).isEqualTo(lock.os());
    assertThat(again.kit("amd64").orElseThrow().packages())
        .extracting(LockedPackage::version)
        .containsOnly("2");
  }

  @Test
  void keepsTheKitOfAnotherMachine() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    SignedRepository both = archive(TUESDAY, "2");
    LockRequest onArm =
        new LockRequest(profile(PROFILE), "arm64", Optional.of(lock), Renewal.NONE, false);

    Lock again = locker(everywhere(repository -> both)).lock(onArm).lock();

    assertThat(again.kits()).extracting("architecture").containsExactly("amd64", "arm64");
    assertThat(again.kit("amd64")).isEqualTo(lock.kit("amd64"));
  }

  @Test
  void refusesAnIndexThatIsOlderThanTheLockedOne() throws IOException {
    Lock lock = first(archive(TUESDAY, "2"));
    SignedRepository older = archive(MONDAY, "1");

    assertThatThrownBy(() -> lock(PROFILE, repository -> older, Optional.of(lock), Renewal.ALL))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "http://mirror.test/debian/dists/bookworm/InRelease was made at 2026-11-16T08:00:00Z,"
                + " before the one that is locked, of 2026-11-17T08:00:00Z. Use a mirror that is up"
                + " to date; or take the older one with --allow-older.");
  }

  @Test
  void takesAnOlderIndexWhereItIsAllowedAndSaysSoInTheLock() throws IOException {
    Lock lock = first(archive(TUESDAY, "2"));
    SignedRepository older = archive(MONDAY, "1");

    Lock again =
        locker(everywhere(repository -> older))
            .lock(new LockRequest(profile(PROFILE), "amd64", Optional.of(lock), Renewal.ALL, true))
            .lock();

    assertThat(again.os().indexes()).extracting(LockedIndex::allowedOlder).containsExactly(true);
    assertThat(lock.os().indexes()).extracting(LockedIndex::allowedOlder).containsExactly(false);
  }

  @Test
  void readsTheRepositoriesAgainWhereTheirKeysChanged() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));
    Profile profile = profile(PROFILE);
    Files.write(directory.resolve("keys.gpg"), TestSigner.create().publicKey());
    Profile otherKeys = KnownFamilies.CATALOG.find(directory.resolve("sample.yaml").toString());

    assertThat(otherKeys.repositories()).isNotEqualTo(profile.repositories());
    assertThatThrownBy(
            () ->
                locker(everywhere(LastingLockTest::nobody))
                    .lock(
                        new LockRequest(
                            otherKeys, "amd64", Optional.of(lock), Renewal.NONE, false)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was read");
  }

  @Test
  void refusesToUpdateWhatTheLockDoesNotHaveAndNamesAllOfIt() throws IOException {
    Lock lock = first(archive(MONDAY, "1"));

    assertThatThrownBy(
            () -> LockedNames.requireKnown(Renewal.of(Set.of("tol", "tool", "kit", "thin")), lock))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "the lock has no package or build 'thin' to update. Check its spelling; 'kit'"
                + " means the tools of the bake.\n"
                + "the lock has no package or build 'tol' to update. Check its spelling; 'kit'"
                + " means the tools of the bake.");
  }

  /** An older generation, from which a package still comes, is no generation of today's profile. */
  @Test
  void readsTheRepositoryAgainWhenAComponentWentThatOnlyAnOlderIndexLacked() throws IOException {
    Lock main = first(archive(MONDAY, "1"));
    SignedRepository both = archiveWithFirmware(TUESDAY);
    String more =
        PROFILE
            .replaceFirst("components: \\[main\\]", "components: [main, firmware]")
            .replace("{tool: to try it}", "{tool: to try it, blob: to boot}");
    Lock wider = lock(more, name -> both, Optional.of(main), Renewal.NONE).lock();
    assertThat(names(wider.packages())).contains("blob");

    String back = PROFILE.replace("{tool: to try it}", "{tool: to try it, blob: to boot}");

    assertThatThrownBy(
            () -> lock(back, name -> archive(TUESDAY, "1"), Optional.of(wider), Renewal.NONE))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("blob");
  }

  /** Whoever bakes there makes it anew; until then no lock of this machine is refused for it. */
  @Test
  void dropsAnotherMachinesKitThatLacksAToolOfTheProfile() throws IOException {
    SignedRepository archive = archive(MONDAY, "1");
    Lock here = first(archive);
    Lock there =
        locker(everywhere(name -> archive))
            .lock(
                new LockRequest(profile(PROFILE), "arm64", Optional.of(here), Renewal.NONE, false))
            .lock();
    assertThat(there.kits()).hasSize(2);

    Lock again =
        lock(
                PROFILE.replace("packer: to pack}", "packer: to pack, other: to look}"),
                name -> archive,
                Optional.of(there),
                Renewal.NONE)
            .lock();

    assertThat(again.kits()).extracting("architecture").containsExactly("amd64");
  }

  private SignedRepository archiveWithFirmware(Instant made) {
    return new SignedRepository(signer, "bookworm")
        .field("Date", SignedRepository.date(made))
        .packages("main", packages("1"))
        .packages("main", "arm64", packages("1"))
        .packages("firmware", paragraph("blob", "1", ""))
        .sign();
  }

  private static ArchiveSource nobody(String repository) {
    throw new AssertionError("the repository " + repository + " was read");
  }

  private Lock first(SignedRepository repository) throws IOException {
    return lock(PROFILE, name -> repository, Optional.empty(), Renewal.NONE).lock();
  }

  private LockOutcome lock(
      String text, Function<String, ArchiveSource> files, Optional<Lock> before, Renewal renewal)
      throws IOException {
    return lock(text, everywhere(files), before, renewal);
  }

  private static LockModules noModules() {
    throw new AssertionError("nothing here is built of modules");
  }

  private static LockProfile.Places everywhere(Function<String, ArchiveSource> files) {
    return new LockProfile.Places(files, files, LastingLockTest::noModules, Optional.of(files));
  }

  private LockOutcome lock(
      String text, LockProfile.Places places, Optional<Lock> before, Renewal renewal)
      throws IOException {
    return locker(places).lock(new LockRequest(profile(text), "amd64", before, renewal, false));
  }

  private static LockProfile locker(LockProfile.Places places) {
    Progress progress = Progress.open("test", Optional.empty(), Map.of());
    return new LockProfile(KnownFamilies.ALL, places, progress, Clock.systemUTC());
  }

  private Profile profile(String text) throws IOException {
    Files.write(directory.resolve("keys.gpg"), signer.publicKey());
    return KnownFamilies.CATALOG.find(
        Files.writeString(directory.resolve("sample.yaml"), text).toString());
  }

  /** One generation of the archive: every package in this version. */
  private SignedRepository archive(Instant made, String version) {
    String packages = packages(version);
    return new SignedRepository(signer, "bookworm")
        .field("Date", SignedRepository.date(made))
        .packages("main", packages)
        .packages("main", "arm64", packages)
        .sign();
  }

  private static String packages(String version) {
    return String.join(
        "\n",
        paragraph("base", version, "Essential: yes\nDepends: libc\n"),
        paragraph("libc", version, ""),
        paragraph("tool", version, "Depends: libc\n"),
        paragraph("other", version, "Depends: libc\n"),
        paragraph("packer", version, "Depends: libc\n"));
  }

  private static String paragraph(String name, String version, String fields) {
    return "Package: %s\nVersion: %s\nArchitecture: all\n%sFilename: pool/%s_%s.deb\nSize: 1\nSHA256: %s\n"
        .formatted(name, version, fields, name, version, Digest.of(name + version).hex());
  }

  private static List<String> names(List<LockedPackage> packages) {
    return packages.stream().map(LockedPackage::name).toList();
  }
}
