package dev.kiln.builder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.LastResort;
import dev.kiln.document.UtcTime;
import dev.kiln.file.Digest;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSource.SourceFile;
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
  private final LockedFiles files = new LockedFiles(mirrors);

  @Test
  void takesAPackageFromItsMirrorsAndThenFromTheArchiveAtTheTimeOfItsIndex() {
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
        files.of(
            new SourceFile(
                index("debian", "bookworm-updates", "2026-11-20T08:12:44Z"),
                "pool/main/k/k8s/k8s_1.dsc",
                1,
                DIGEST));

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

  private static LockedPackage coreutils(String repository) {
    IndexName index =
        repository.equals("vendor")
            ? index("vendor", "stable", "2026-11-21T00:00:00Z")
            : index(repository, "bookworm-updates", "2026-11-20T08:12:44Z");
    return new LockedPackage(
        "coreutils", "9.1-1", "amd64", index, PATH, 1, DIGEST, "a reason", Map.of());
  }

  private static IndexName index(String repository, String suite, String time) {
    return new IndexName(repository, suite, UtcTime.parse(time));
  }
}
