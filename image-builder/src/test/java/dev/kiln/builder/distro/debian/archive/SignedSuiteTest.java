package dev.kiln.builder.distro.debian.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.PackageOrigin;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SignedSuiteTest {
  private static final TestSigner SIGNER = TestSigner.create();
  private static final String PACKAGES = "Package: a\nVersion: 1\n";
  private static final Instant NOW = SIGNER.now();

  private final SignedRepository repository =
      new SignedRepository(SIGNER, "bookworm").packages("main", PACKAGES);

  @Test
  void readsTheIndexesThatASignedReleaseFileNames() {
    SignedSuite suite = open(repository.sign());

    assertThat(suite.packages("amd64")).extracting(IndexEntry::name).containsExactly("a");
    assertThat(suite.packages("amd64").get(0).origin())
        .isEqualTo(new PackageOrigin("test", "bookworm", 500));
  }

  @Test
  void readsGzipWhereThereIsNoXz() {
    repository.without("main/binary-amd64/Packages.xz").sign();

    assertThat(open(repository).packages("amd64")).hasSize(1);
  }

  @Test
  void readsByTheFilesOwnNameWhereTheMirrorKeepsNoDigests() {
    repository.sign().files().keySet().removeIf(path -> path.contains("by-hash"));

    assertThat(open(repository).packages("amd64")).hasSize(1);
  }

  @Test
  void asksByDigestSoThatAMirrorBeingUpdatedStillAnswers() {
    repository.sign().files().put("dists/bookworm/main/binary-amd64/Packages.xz", new byte[1]);

    assertThat(open(repository).packages("amd64")).hasSize(1);
  }

  @Test
  void takesComponentsWhoseReleaseFileNamesThemWithAPrefix() {
    // As in debian-security: 'Components: updates/main', but 'main/binary-amd64/Packages'.
    repository.field("Components", "updates/main updates/contrib").sign();

    assertThat(open(repository).packages("amd64")).hasSize(1);
    assertThatThrownBy(
            () -> SignedSuite.open(repository, repository.suite("universe"), NOW).packages("amd64"))
        .hasMessage(
            "http://mirror.test/debian/dists/bookworm/universe/binary-amd64/Packages is not listed"
                + " in the suite's Release file. Its components are main, contrib.");
  }

  @Test
  void readsTheIndexForAllArchitecturesWhereItStandsAlone() {
    repository
        .field("Architectures", "amd64 all")
        .index("main/binary-all/Packages", "Package: b\nVersion: 2\n")
        .sign();

    assertThat(open(repository).packages("amd64"))
        .extracting(IndexEntry::name)
        .containsExactly("a", "b");
  }

  @Test
  void givesPackagesOfASuiteThatIsNotAutomaticALowerPreference() {
    repository.field("NotAutomatic", "yes").field("ButAutomaticUpgrades", "yes").sign();

    assertThat(open(repository).packages("amd64").get(0).origin().preference()).isEqualTo(100);
  }

  @Test
  void findsTheFilesOfASourcePackage() {
    repository
        .sources(
            "main",
            """
            Package: other
            Version: 1

            Package: k
            Version: 1-1
            Directory: pool/main/k/k
            Checksums-Sha256:
             %s 3 k_1.orig.tar.gz
             %s 2 k_1-1.dsc

            Package: k
            Version: 2-1
            """
                .formatted("b".repeat(64), "a".repeat(64)))
        .sign();

    assertThat(open(repository).source("k", "1-1").orElseThrow().files())
        .extracting(file -> file.path() + " " + file.size())
        .containsExactly("pool/main/k/k/k_1-1.dsc 2", "pool/main/k/k/k_1.orig.tar.gz 3");
    assertThat(open(repository).source("k", "3-1")).isEmpty();
  }

  @Test
  void refusesAReleaseFilePastItsTime() {
    repository
        .field("Valid-Until", SignedRepository.date(Instant.parse("2026-01-02T03:04:05Z")))
        .sign();

    assertRefused(
        "http://mirror.test/debian/dists/bookworm/InRelease must not be used after Fri, 02 Jan 2026"
            + " 03:04:05 UTC. Use a mirror that is up to date, or set this machine's clock, which"
            + " says "
            + NOW
            + ".");
  }

  @Test
  void refusesAReleaseFileOfTheFuture() {
    String date = SignedRepository.date(NOW.plus(Duration.ofDays(2)));
    repository.field("Date", date).sign();

    assertRefused(
        "http://mirror.test/debian/dists/bookworm/InRelease was made on "
            + date
            + ", which is in the future. Set this machine's clock, which says "
            + NOW
            + ".");
  }

  @Test
  void refusesTheReleaseFileOfAnotherSuite() {
    repository.field("Codename", "trixie").sign();

    assertRefused(
        "http://mirror.test/debian/dists/bookworm/InRelease is signed for the suite 'stable',"
            + " codename 'trixie', not for 'bookworm'. Use another mirror; this one serves the"
            + " wrong suite.");
  }

  @Test
  void refusesADateThatIsNone() {
    repository.field("Date", "yesterday").sign();

    assertRefused(
        "http://mirror.test/debian/dists/bookworm/InRelease: 'yesterday' is no date. Use another"
            + " mirror, or ask who makes the repository.");
  }

  @Test
  void refusesAReleaseFileWithoutDigestsOfSha256() {
    repository.publish(SIGNER.clearsign("Codename: bookworm\nDate: x\nMD5Sum:\n 0 1 Packages\n"));

    assertRefused(
        "http://mirror.test/debian/dists/bookworm/InRelease: it lists no SHA256, and no weaker"
            + " digest counts. Use another mirror, or ask who makes the repository.");
  }

  @Test
  void refusesAnIndexThatUnpacksToMoreThanWasSigned() {
    byte[] bomb = SignedRepository.compress(" ".repeat(1 << 22), true);
    repository.rawIndex("main/binary-amd64/Packages.xz", bomb).sign();

    assertThatThrownBy(() -> open(repository).packages("amd64"))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "http://mirror.test/debian/dists/bookworm/main/binary-amd64/Packages.xz cannot be"
                + " unpacked: it unpacks to more than it may. Use another mirror.");
  }

  @Test
  void refusesAnIndexThatIsNotCompressedAsItsNameSays() {
    repository
        .rawIndex(
            "main/binary-amd64/Packages.xz",
            PACKAGES.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
        .sign();

    assertThatThrownBy(() -> open(repository).packages("amd64"))
        .hasMessageStartingWith(
            "http://mirror.test/debian/dists/bookworm/main/binary-amd64/Packages.xz cannot be"
                + " unpacked: ");
  }

  private static SignedSuite open(SignedRepository repository) {
    return SignedSuite.open(repository, repository.suite("main"), NOW);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> open(repository))
        .isInstanceOf(KilnException.class)
        .hasMessage(message)
        .extracting(failure -> ((KilnException) failure).kind())
        .isEqualTo(KilnException.Kind.INPUT);
  }
}
