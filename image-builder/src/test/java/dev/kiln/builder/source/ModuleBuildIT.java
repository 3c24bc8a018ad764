package dev.kiln.builder.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.FindProxies;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.gomod.ModuleProxies;
import dev.kiln.builder.gomod.SampleModules;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.profile.Build;
import dev.kiln.profile.GoToolchain;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds small modules with the catalog's toolchain, which comes from this machine's Go module
 * proxy, and with the kit. The modules themselves come from a proxy that is a directory.
 */
class ModuleBuildIT {
  @TempDir private static Path shared;
  private static Workshop workshop;

  @TempDir private Path directory;
  private String program =
      """
      package main

      import (
      \t"fmt"
      \t"os"
      \t"runtime"

      \t"dep.example/dep"
      )

      var version = "unknown"

      func main() {
      \t_, file, _, _ := runtime.Caller(0)
      \tfmt.Println(version, dep.Word, file)
      \tos.Exit(len(os.Args) - 1)
      }
      """;

  @BeforeAll
  static void prepareTools() {
    workshop = Workshop.open("debian12-source", shared);
  }

  @Test
  void buildsAProgramOfModulesThatKnowsItsVersionAndNoPathOfTheMachine() throws Exception {
    CacheEntry built = build("first");

    Path tool = built.file("mytool").path();
    assertThat(run(tool.toString()))
        .isEqualTo("v1.0.0 word up.example/tool@v1.0.0/cmd/tool/main.go\n");
    assertThat(run("file", "-b", tool.toString())).contains("statically linked");
  }

  @Test
  void givesTheSameBytesInAnotherPlaceAndTakesThemFromTheCacheThen() throws Exception {
    CacheEntry one = build("first");
    CacheEntry another = build("second");

    assertThat(one.path()).isNotEqualTo(another.path());
    assertThat(one.file("mytool").path()).hasSameBinaryContentAs(another.file("mytool").path());
    assertThat(
            pin(new Cache(directory.resolve("first")))
                .build(
                    wanted(),
                    locked(lock("first")),
                    nothing -> {
                      throw new AssertionError("it is built already");
                    })
                .key())
        .isEqualTo(one.key());
  }

  @Test
  void reachesNoNetworkAndShowsWhatTheCompilerSaid() throws Exception {
    program = program.replace("fmt.Println(version", "fmt.Println(undefined");

    assertThatThrownBy(() -> build("first"))
        .hasMessageContaining("undefined: undefined")
        .hasMessageContaining("Its whole log is");
  }

  @Test
  void saysWhichFileTheGoSumLacks() throws Exception {
    GoModules locked = lock("first");
    Files.writeString(
        directory.resolve("files/go.sum"),
        Files.readString(directory.resolve("files/go.sum"))
            .lines()
            .filter(line -> !line.startsWith("dep.example/dep v1.1.0 "))
            .map(line -> line + "\n")
            .reduce("", String::concat));
    Build lacking = Objects.requireNonNull(read().builds().get("tool"));

    assertThatThrownBy(
            () ->
                pin(cache("first")).build(lacking, locked(locked), build -> bring("first", locked)))
        .hasMessageContaining("missing go.sum entry")
        .hasMessageContaining("dep.example/dep");
  }

  private CacheEntry build(String cache) throws IOException {
    GoModules locked = lock(cache);
    return pin(cache(cache)).build(wanted(), locked(locked), build -> bring(cache, locked));
  }

  private BuildPin pin(Cache cache) {
    return new BuildPin(cache, workshop::kit, Workshop.FORMATS, workshop.progress());
  }

  private Cache cache(String name) {
    return new Cache(directory.resolve(name));
  }

  private BuildInputs bring(String cache, GoModules locked) {
    return new BuildInputs.OfModules(
        locked.modules().stream().map(file -> cache(cache).file(file.digest())).toList(),
        cache(cache).file(locked.toolchain("amd64").orElseThrow().digest()));
  }

  private static LockedBuild locked(GoModules modules) {
    return new LockedBuild("tool", "v1.0.0", modules, List.of(), Digest.of("recipe"));
  }

  private GoModules lock(String cache) throws IOException {
    Build wanted = wanted();
    Path zip = directory.resolve("proxy/golang.org/toolchain/@v/" + toolchain() + ".zip");
    if (!Files.exists(zip)) {
      Files.createDirectories(zip.resolveSibling(""));
      Files.copy(realToolchain(wanted), zip);
    }
    return lock(wanted, cache(cache), List.of());
  }

  /** It is fetched once, and kept in the cache of the tests. */
  private Path realToolchain(Build wanted) throws IOException {
    List<ModuleProxies.Proxy> real =
        new FindProxies(System.getenv(), new InputFiles())
            .find(read(), read().zone(ZoneName.DEFAULT))
            .all();
    GoModules locked = lock(wanted, workshop.cache(), real);
    return workshop.cache().file(locked.toolchain("amd64").orElseThrow().digest()).path();
  }

  private GoModules lock(Build wanted, Cache cache, List<ModuleProxies.Proxy> others) {
    List<ModuleProxies.Proxy> proxies = new ArrayList<>();
    proxies.add(new ModuleProxies.Proxy(directory.resolve("proxy").toUri(), true));
    proxies.addAll(others);
    try (Fetcher fetcher = new Fetcher(cache, workshop.progress(), System.getenv())) {
      return new LockModules(fetcher, new ModuleProxies(proxies, "the test"))
          .lock(wanted, (Making.OfModules) wanted.making(), "amd64", Optional.empty());
    }
  }

  private static String toolchain() {
    return "v0.0.1-" + catalogs().version() + ".linux-amd64";
  }

  private static GoToolchain catalogs() {
    Build crictl =
        Objects.requireNonNull(
            KnownFamilies.CATALOG.find("debian12-modules").builds().get("crictl"));
    return ((Making.OfModules) crictl.making()).toolchain();
  }

  private Build wanted() throws IOException {
    SampleModules dependency =
        new SampleModules()
            .add(
                "dep.example/dep",
                "v1.1.0",
                Map.of(
                    "go.mod",
                    "module dep.example/dep\n\ngo 1.20\n",
                    "dep.go",
                    "package dep\n\nconst Word = \"word\"\n"));
    SampleModules upstream =
        new SampleModules()
            .add(
                "up.example/tool",
                "v1.0.0",
                Map.of(
                    "go.mod",
                    "module up.example/tool\n\ngo 1.26.0\n\nrequire dep.example/dep v1.1.0\n",
                    "go.sum",
                    dependency.sum(),
                    "cmd/tool/main.go",
                    program));
    dependency.write(directory.resolve("proxy"));
    upstream.write(directory.resolve("proxy"));
    Path files = Files.createDirectories(directory.resolve("files"));
    Files.writeString(
        files.resolve("go.mod"),
        """
        module kiln.invalid/tool

        go 1.26.0

        require up.example/tool v1.0.0

        require dep.example/dep v1.1.0 // indirect
        """);
    Files.writeString(files.resolve("go.sum"), upstream.sum() + dependency.sum());
    return Objects.requireNonNull(read().builds().get("tool"));
  }

  private Profile read() throws IOException {
    Path file = directory.resolve("sample.yaml");
    GoToolchain toolchain = catalogs();
    StringBuilder hashes = new StringBuilder();
    toolchain.hashes().forEach((each, hash) -> hashes.append(each + ": \"" + hash + "\", "));
    Files.write(
        file,
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
              toolchain: {version: %s, hashes: {%s}}
              ldflags: [-X, main.version=$VERSION]
              packages: {mytool: up.example/tool/cmd/tool}
            outputs: {mytool: /usr/bin/mytool}
        """
            .formatted(toolchain.version(), hashes)
            .getBytes(UTF_8));
    return KnownFamilies.CATALOG.find(file.toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
