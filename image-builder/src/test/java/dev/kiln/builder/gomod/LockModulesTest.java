package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.fetch.Mirror;
import dev.kiln.builder.fetch.Patience;
import dev.kiln.builder.progress.RecordingProgress;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockModulesTest {
  private final RecordingProgress progress = new RecordingProgress();
  private final SampleModules dependency = new SampleModules();
  private final SampleModules upstream = new SampleModules();
  private final SampleModules toolchain = new SampleModules();
  private String mod =
      """
      module kiln.invalid/tool

      go 1.26.0

      require up.example/tool v1.0.0

      require dep.example/Dep v1.1.0 // indirect
      """;
  private String sum = "";
  private String database = "off";

  @TempDir private Path directory;
  private Mirror mirror;
  private Cache cache;

  @BeforeEach
  void publish() throws IOException {
    dependency.add(
        "dep.example/Dep",
        "v1.1.0",
        Map.of(
            "go.mod",
            "module dep.example/Dep\ngo 1.20\n",
            "LICENSE",
            Files.readString(Path.of("/usr/share/common-licenses/Apache-2.0"))));
    upstream.add(
        "up.example/tool",
        "v1.0.0",
        Map.of(
            "go.mod",
            "module up.example/tool\ngo 1.26.0\nrequire dep.example/Dep v1.1.0\n",
            "go.sum",
            dependency.sum(),
            "LICENSE",
            "All licences of all that is in it. ".repeat(60_000)));
    toolchain.add(
        "golang.org/toolchain", "v0.0.1-go1.26.10.linux-amd64", Map.of("bin/go", "#!/bin/sh\n"));
    sum = upstream.sum() + dependency.sum();
    mirror = new Mirror();
    cache = new Cache(directory.resolve("cache"));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  /** With its licence where that is known; another one is no reason to refuse it. */
  @Test
  void locksEveryFileThatTheGoSumNamesAndTheToolchain() throws IOException {
    serveAll();

    GoModules locked = lock();

    assertThat(locked.modules())
        .extracting(file -> file.path() + " " + file.license())
        .containsExactly(
            "up.example/tool/@v/v1.0.0.zip ",
            "up.example/tool/@v/v1.0.0.mod ",
            "dep.example/!dep/@v/v1.1.0.zip Apache-2.0",
            "dep.example/!dep/@v/v1.1.0.mod ");
    byte[] zip = upstream.file("/up.example/tool/@v/v1.0.0.zip");
    assertThat(locked.modules().get(0).digest()).isEqualTo(Digest.of(zip));
    assertThat(locked.modules().get(0).size()).isEqualTo(zip.length);
    assertThat(locked.toolchain("amd64").orElseThrow().version())
        .isEqualTo("v0.0.1-go1.26.10.linux-amd64");
    assertThat(LockModules.isLocked(made(), locked, "amd64")).isTrue();
    assertThat(LockModules.isLocked(made(), locked, "arm64")).isFalse();
  }

  @Test
  void asksForNothingTwice() throws IOException {
    serveAll();
    GoModules first = lock();
    int asked = mirror.requests().size();

    assertThat(lock()).isEqualTo(first);
    assertThat(mirror.requests()).hasSize(asked);
  }

  @Test
  void asksTheChecksumDatabaseOfWhatUpstreamsGoSumDoesNotHave() throws Exception {
    serveAll();
    checksums(upstream.sum());

    lock();
    int asked = mirror.requests().size();
    lock();

    assertThat(mirror.requests())
        .hasSize(asked)
        .anyMatch(request -> request.endsWith("lookup/up.example/tool@v1.0.0"))
        .anyMatch(request -> request.contains("lookup/golang.org/toolchain@"))
        .noneMatch(request -> request.contains("lookup/dep.example"));
    assertThat(progress.events()).noneMatch(event -> event.startsWith("note "));
  }

  @Test
  void refusesWhatTheChecksumDatabaseHasOtherwise() throws Exception {
    serveAll();
    checksums(dependency.sum().replace("dep.example/Dep v1.1.0", "up.example/tool v1.0.0"));

    assertThatThrownBy(this::lock)
        .hasMessageContaining("up.example/tool v1.0.0 has the hash h1:")
        .hasMessageContaining("here, and h1:");
  }

  @Test
  void saysHowManyHashesNobodyConfirmed() throws IOException {
    serveAll();

    lock();

    assertThat(progress.events())
        .contains(
            "note the build 'tool' is trusted for 3 of its hashes, which nobody confirmed: GOSUMDB"
                + " is off");
  }

  @Test
  void refusesAnArchiveThatWasChangedAndNamesWhoGaveIt() throws IOException {
    byte[] other =
        SampleModules.zip("dep.example/Dep@v1.1.0/", Map.of("go.mod", "module dep.example/Dep\n"));
    mirror.serve("/dep.example/!dep/@v/v1.1.0.zip", other);
    serveAllBut("/dep.example/!dep/@v/v1.1.0.zip");

    assertThatThrownBy(this::lock)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("gives another dep.example/Dep v1.1.0: h1:")
        .isInstanceOfSatisfying(
            KilnException.class,
            failure -> assertThat(failure.kind()).isEqualTo(KilnException.Kind.INPUT));
  }

  @Test
  void asksTheNextProxyForWhatOneSaysIsGone() throws IOException {
    Mirror second = mirror;
    serveAll();
    mirror = new Mirror();
    mirror.serve("/", exchange -> Mirror.answer(exchange, 410));
    try {
      GoModules locked = lock(mirror.address("") + "," + second.address(""));

      assertThat(locked.modules()).hasSize(4);
      assertThat(mirror.requests()).isNotEmpty();
    } finally {
      second.close();
    }
  }

  @Test
  void asksNobodyElseWhereAProxyForbidsUnlessTheListSaysSo() throws IOException {
    Mirror second = mirror;
    serveAll();
    mirror = new Mirror();
    mirror.serve("/", exchange -> Mirror.answer(exchange, 403));
    try {
      assertThatThrownBy(() -> lock(mirror.address("") + "," + second.address("")))
          .hasMessageContaining("answered 403");
      assertThat(second.requests()).isEmpty();

      assertThat(lock(mirror.address("") + "|" + second.address("")).modules()).hasSize(4);
    } finally {
      second.close();
    }
  }

  @Test
  void saysThatAProxyStalls() throws IOException {
    Semaphore stalled = new Semaphore(0);
    mirror.serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          stalled.acquireUninterruptibly();
        });

    try {
      assertThatThrownBy(this::lock).hasMessageContaining("127.0.0.1");
    } finally {
      stalled.release(100);
    }
  }

  @Test
  void refusesAMissingLineOfTheGoSum() throws IOException {
    serveAll();
    sum = dependency.sum();

    assertThatThrownBy(this::lock)
        .hasMessageContaining("the go.sum of the build 'tool' has no hash of up.example/tool");
  }

  @Test
  void refusesAnotherVersionThanTheProfilesAndAsksNobody() throws IOException {
    serveAll();
    mod = mod.replace("tool v1.0.0", "tool v1.0.1");

    assertThatThrownBy(this::lock)
        .hasMessageContaining("has version v1.0.0, and its go.mod requires up.example/tool v1.0.1");
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void refusesEverythingThatIsNotAsUpstreamHasItAtOnce() throws IOException {
    serveAll();
    SampleModules newer = new SampleModules();
    newer.add("dep.example/Dep", "v1.2.0", Map.of("go.mod", "module dep.example/Dep\ngo 1.20\n"));
    newer.serve(mirror);
    sum = upstream.sum() + newer.sum();
    mod =
        mod.replace("go 1.26.0", "go 1.27.0\ngodebug default=go1.20")
                .replace("Dep v1.1.0", "Dep v1.2.0")
            + "exclude a.example/b v1.0.0\nreplace c.example/d => e.example/f v1.0.0\n";

    KilnException failure = catchThrowableOfType(KilnException.class, this::lock);

    assertThat(failure.problems())
        .extracting(problem -> problem.what().replaceFirst(".* differ from up.example/tool: ", ""))
        .containsExactly(
            "'go' is 1.27.0 here, and 1.26.0 there",
            "'godebug' is {default=go1.20} here, and {} there",
            "'exclude' is [a.example/b v1.0.0] here, and [] there",
            "'replace' takes e.example/f v1.0.0 for c.example/d, which upstream does not",
            "dep.example/Dep is v1.2.0 here, and v1.1.0 there",
            "upstream's go.sum does not have dep.example/Dep v1.2.0",
            "upstream's go.sum does not have dep.example/Dep v1.2.0/go.mod");
  }

  @Test
  void takesAsPublishedWhatUpstreamHasInItsOwnRepository() throws IOException {
    SampleModules staging = new SampleModules();
    staging.add("up.example/api", "v0.9.0", Map.of("go.mod", "module up.example/api\ngo 1.20\n"));
    SampleModules whole = new SampleModules();
    whole.add(
        "up.example/tool",
        "v1.0.0",
        Map.of(
            "go.mod",
            """
            module up.example/tool
            go 1.26.0
            require up.example/api v0.0.0
            replace up.example/api => ./staging/api
            """,
            "go.sum",
            ""));
    staging.serve(mirror);
    whole.serve(mirror);
    toolchain.serve(mirror);
    sum = whole.sum() + staging.sum();
    mod =
        """
        module kiln.invalid/tool
        go 1.26.0
        require up.example/tool v1.0.0
        require up.example/api v0.0.0
        replace up.example/api => up.example/api v0.9.0
        """;

    assertThat(lock().modules()).extracting(ModuleFile::version).contains("v0.9.0");
  }

  @Test
  void saysHowToGetTheHashOfAToolchainThatTheProfileDoesNotHave() throws IOException {
    serveAll();

    assertThatThrownBy(
            () -> locker(mirror.address("").toString()).lock(build(), made(), "arm64", none()))
        .hasMessageContaining("no hash of the toolchain go1.26.10 for arm64")
        .hasMessageContaining("golang.org/toolchain@v0.0.1-go1.26.10.linux-arm64");
  }

  private void serveAll() {
    serveAllBut("");
  }

  private void serveAllBut(String path) {
    for (SampleModules modules : List.of(upstream, dependency, toolchain)) {
      for (String file : new ArrayList<>(modules.paths())) {
        if (!file.equals(path)) {
          mirror.serve(file, modules.file(file));
        }
      }
    }
  }

  /** Serves a database that has this of upstream. */
  private void checksums(String ofUpstream) throws GeneralSecurityException {
    SampleChecksums sums =
        new SampleChecksums("127.0.0.1:1", Map.of(7, ofUpstream, 300, toolchain.sum()), 600);
    sums.serve(mirror, "/sumdb/127.0.0.1:1/");
    database = sums.key();
  }

  private GoModules lock() throws IOException {
    return lock(mirror.address("").toString());
  }

  private GoModules lock(String proxies) throws IOException {
    return locker(proxies).lock(build(), made(), "amd64", none());
  }

  private LockModules locker(String proxies) throws IOException {
    Patience patience =
        new Patience(Duration.ofMillis(500), Duration.ofSeconds(2), 1, Duration.ofMillis(1));
    Profile profile = profile();
    return new LockModules(
        new Fetcher(cache, progress, Map.of(), patience),
        new FindProxies(Map.of("GOPROXY", proxies, "GOSUMDB", database), new InputFiles())
            .find(profile, profile.zone(ZoneName.DEFAULT)));
  }

  private static Optional<GoModules> none() {
    return Optional.empty();
  }

  private Making.OfModules made() throws IOException {
    return (Making.OfModules) build().making();
  }

  private Build build() throws IOException {
    return Objects.requireNonNull(profile().builds().get("tool"));
  }

  private Profile profile() throws IOException {
    Path files = Files.createDirectories(directory.resolve("files"));
    Files.writeString(files.resolve("go.mod"), mod);
    Files.writeString(files.resolve("go.sum"), sum);
    String hash = toolchain.sum().lines().findFirst().orElseThrow().split(" ")[2];
    Path profile = directory.resolve("sample.yaml");
    Files.write(
        profile,
        """
        extends: debian12
        name: sample
        builds:
          tool:
            version: v1.0.0
            layer: runtime
            modules:
              module: up.example/tool
              files: ./files
              toolchain: {version: go1.26.10, hashes: {amd64: "%s"}}
              packages: {tool: up.example/tool}
            outputs: {tool: /usr/bin/tool}
        """
            .formatted(hash)
            .getBytes(UTF_8));
    return KnownFamilies.CATALOG.find(profile.toString());
  }
}
