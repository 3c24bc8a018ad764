package dev.kiln.builder.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.LastResort;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild.LockedSourceFile;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedRepository;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LockedFilesTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});
  private static final String PATH = "pool/main/c/coreutils/coreutils_9.1-1_amd64.deb";

  private final Mirrors mirrors =
      new Mirrors(
          Map.of(
              "debian", List.of(URI.create("http://mirror.example/debian")),
              "vendor", List.of(URI.create("http://vendor.example")),
              "unread", List.of(URI.create("http://unread.example"))),
          Map.of("debian", URI.create("https://archive.example/debian")));
  private final LockedFiles files =
      new LockedFiles(
          lock(
              index("debian", "bookworm", "Sat, 11 Jul 2026 10:16:37 UTC"),
              index("debian", "bookworm-updates", "Fri, 20 Nov 2026 08:12:44 UTC"),
              index("vendor", "stable", "Sat, 21 Nov 2026 00:00:00 UTC")),
          mirrors);

  @Test
  void takesAPackageFromItsMirrorsAndThenFromTheArchiveAtTheTimeOfTheNewestIndex() {
    Download download = files.of(coreutils("debian"));

    assertThat(download.digest()).isEqualTo(DIGEST);
    assertThat(download.size()).isEqualTo(OptionalLong.of(1));
    assertThat(download.addresses())
        .containsExactly(URI.create("http://mirror.example/debian/" + PATH));
    assertThat(download.lastResort())
        .contains(
            new LastResort(
                List.of(
                    URI.create("https://archive.example/debian/20261121T081244Z/" + PATH),
                    URI.create("https://archive.example/debian/20261120T081244Z/" + PATH)),
                "coreutils 9.1-1, of the index of 2026-11-20T08:12:44Z, is at no mirror any more,"
                    + " and the archive does not have it",
                "Lock again: builder lock --update coreutils"));
  }

  @Test
  void takesAFileOfASourcePackageTheSameWay() {
    Download download =
        files.of(new LockedSourceFile("debian", "pool/main/k/k8s/k8s_1.dsc", 1, DIGEST));

    assertThat(download.addresses())
        .containsExactly(URI.create("http://mirror.example/debian/pool/main/k/k8s/k8s_1.dsc"));
    assertThat(download.lastResort().orElseThrow())
        .satisfies(
            archive ->
                assertThat(archive.addresses().get(0))
                    .hasToString(
                        "https://archive.example/debian/20261121T081244Z/pool/main/k/k8s/k8s_1.dsc"))
        .satisfies(
            archive ->
                assertThat(archive.loss())
                    .startsWith("pool/main/k/k8s/k8s_1.dsc, of the index of 2026-11-20T08:12:44Z"));
  }

  @Test
  void saysWhereTheProfileNamesNoArchive() {
    assertThat(files.of(coreutils("vendor")).lastResort())
        .contains(
            new LastResort(
                List.of(),
                "coreutils 9.1-1, of the index of 2026-11-21T00:00:00Z, is at no mirror any more,"
                    + " and the profile names no archive for the repository vendor",
                "Lock again: builder lock --update coreutils, or add 'archive:' to the"
                    + " repository"));
  }

  @Test
  void refusesALockThatNamesNoIndexOfTheRepositoryOrOneWithoutADate() {
    assertThatThrownBy(() -> files.of(coreutils("unread")))
        .hasMessage(
            "the lock names no index of the repository 'unread'. Make it again: builder lock.");

    Lock undated = lock(index("debian", "bookworm", "yesterday"));
    assertThatThrownBy(() -> new LockedFiles(undated, mirrors).of(coreutils("debian")))
        .hasMessage(
            "the lock's date of bookworm: 'yesterday' is no date. Make it again: builder lock.");
  }

  private static LockedPackage coreutils(String repository) {
    return new LockedPackage(
        "coreutils", "9.1-1", "amd64", repository, PATH, 1, DIGEST, "a reason");
  }

  private static LockedRepository index(String repository, String suite, String date) {
    return new LockedRepository(repository, suite, date, DIGEST);
  }

  private static Lock lock(LockedRepository... repositories) {
    return new Lock(
        Lock.VERSION,
        "sample",
        DIGEST,
        "amd64",
        List.of(repositories),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
