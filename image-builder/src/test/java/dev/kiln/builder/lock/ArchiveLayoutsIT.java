package dev.kiln.builder.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.distro.debian.resolve.AptRoot;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.mirror.LockedFiles;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.builder.progress.Progress;
import dev.kiln.document.Json;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** apt is the judge of what a repository is: what it takes from one, Kiln takes from it too. */
class ArchiveLayoutsIT {
  private static final String PROFILE =
      """
      name: sample
      description: A sample
      distribution: {name: debian, release: bookworm}
      architecture: amd64
      repositories:
        small: {mirror: "%1$s", suites: ["%2$s"], %3$s keyring: ./keys.asc}
      packages: {include: {tool: to try it}}
      kit:
        repositories:
          debian: null
          debian-security: null
          small: {mirror: "%1$s", suites: ["%2$s"], %3$s keyring: ./keys.asc}
        host: {squashfs-tools: null, cryptsetup-bin: null, busybox-static: null, tool: to pack}
        boot: {cryptsetup-bin: null, busybox-static: null}
      """;

  @TempDir private static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static LaidOutArchive archive;

  @BeforeAll
  static void pack() throws IOException {
    archive = new LaidOutArchive(directory);
  }

  @AfterAll
  static void close() {
    archive.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flat          | ./             | ''            | Packages                            |",
        "flat-root     | /              | ''            | Packages.gz                         |",
        "flat-below    | deb/sub/       | deb/sub       | Packages.xz                         |",
        "flat-dotted   | ./deb/         | deb           | Packages.zst                        |",
        "flat-by-hash  | ./             | ''            | Packages.gz                         | Acquire-By-Hash: yes",
        "flat-detached | ./             | ''            | Packages.gz                         | detached",
        "bzip2         | stable         | dists/stable  | main/binary-amd64/Packages.bz2      |",
        "lzma          | stable         | dists/stable  | main/binary-amd64/Packages.lzma     |",
        "zstd          | stable         | dists/stable  | main/binary-amd64/Packages.zst      |",
        "plain         | stable         | dists/stable  | main/binary-amd64/Packages          | detached",
        "no-all        | stable         | dists/stable  | main/binary-amd64/Packages.gz       | Architectures: amd64 all",
        "all-alone     | stable         | dists/stable  | main/binary-all/Packages.gz         | Architectures: amd64 all",
        "both          | stable         | dists/stable  | main/binary-amd64/Packages.gz main/binary-all/Packages.xz | Architectures: amd64 all",
        "by-hash       | stable         | dists/stable  | main/binary-amd64/Packages.gz       | Acquire-By-Hash: 1",
        "vendors       | stable/tool/7.0 | dists/stable/tool/7.0 | main/binary-amd64/Packages.gz | "
      })
  void takesWhatAptTakes(String root, String suite, String release, String indexes, String more)
      throws Exception {
    boolean detached = "detached".equals(more);
    String fields = "Suite: stable\n" + (more == null || detached ? "" : more + "\n");
    archive.publish(root, release, List.of(indexes.split(" ")), fields, !detached);
    URI address = archive.root(root);
    String components = suite.endsWith("/") ? "" : "main";

    Lock lock = lock(address, suite, components);

    AptRoot apt =
        new AptRoot(
                Files.createDirectories(directory.resolve("apt-" + root)),
                List.of(
                    "deb [signed-by=%s] %s %s %s"
                        .formatted(archive.keys(), address, suite, components)))
            .update();
    assertThat(
            lock.packages().stream()
                .collect(Collectors.toMap(each -> each.name(), each -> each.version())))
        .isEqualTo(Map.of("tool", "1.0+b1", "aid", "1:2~rc1"));
    assertThat(fetched(address, suite, components, lock))
        .containsExactlyInAnyOrderElementsOf(
            apt.addresses(List.of("tool")).orElseThrow().stream()
                .map(each -> each.normalize().getPath())
                .toList());
  }

  /** The name of a flat repository's index is what a later lock compares it by. */
  @Test
  void keepsALockOfAFlatRepositoryWithoutAskingAgain() throws Exception {
    archive.publish("flat-kept", "", List.of("Packages.gz"), "Origin: test\n", true);
    URI address = archive.root("flat-kept");
    Lock first = lock(address, "/", "");
    Lock read = Json.read("lock", Json.write(first), Lock.class);
    Files.delete(directory.resolve("files/flat-kept/InRelease"));

    Lock again = lock(address, "/", "", Optional.of(read));

    assertThat(read).isEqualTo(first);
    assertThat(again).isEqualTo(first);
    assertThat(first.os().indexes().get(0).name().toString()).startsWith("small//@");
  }

  private static List<String> fetched(URI address, String suite, String components, Lock lock)
      throws IOException {
    Profile profile = profile(address, suite, components);
    try (Fetcher fetcher = fetcher("fetched" + address.getPath())) {
      List<Download> downloads =
          lock.packages().stream().map(new LockedFiles(mirrors(profile).image())::of).toList();
      assertThat(fetcher.fetchAll(downloads)).hasSize(2);
      return downloads.stream().map(each -> each.addresses().get(0).getPath()).toList();
    }
  }

  private static Lock lock(URI address, String suite, String components) throws IOException {
    return lock(address, suite, components, Optional.empty());
  }

  private static Lock lock(URI address, String suite, String components, Optional<Lock> before)
      throws IOException {
    Profile profile = profile(address, suite, components);
    LockRequest first = LockRequest.first(profile, "amd64");
    LockRequest request =
        new LockRequest(profile, "amd64", before, first.renewal(), first.allowOlder());
    try (Fetcher fetcher = fetcher("lock" + address.getPath())) {
      return new LockProfile(
              KnownFamilies.ALL, fetcher, mirrors(profile), progress(), Clock.systemUTC())
          .lock(request)
          .lock();
    }
  }

  private static Profile profile(URI address, String suite, String components) throws IOException {
    String parts = components.isEmpty() ? "" : "components: [" + components + "],";
    Path file = directory.resolve("sample.yaml");
    Files.writeString(file, PROFILE.formatted(address, suite, parts));
    return KnownFamilies.CATALOG.find(file.toString());
  }

  private static ProfileMirrors mirrors(Profile profile) {
    return ProfileMirrors.choose(
        profile,
        profile.zone(ZoneName.DEFAULT),
        List.of(),
        directory.resolve("absent"),
        new InputFiles(),
        KnownFamilies.HOST);
  }

  private static Fetcher fetcher(String cache) {
    return new Fetcher(
        new Cache(directory.resolve("caches").resolve(cache)), progress(), new TreeMap<>());
  }

  private static Progress progress() {
    return Progress.open("test", Optional.empty(), Map.of());
  }
}
