package dev.kiln.builder.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.gomod.ModuleProxies;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private final SampleBuild sample = new SampleBuild();

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
    assertThat(
            pin(cache("first"))
                .build(
                    wanted(),
                    locked(lock("first")),
                    nothing -> {
                      throw new AssertionError("it is built already");
                    })
                .key())
        .isEqualTo(built.key());
  }

  @Test
  void reachesNoNetworkAndShowsWhatTheCompilerSaid() throws Exception {
    sample.replace("fmt.Println(version", "fmt.Println(undefined");

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
    sample.writeProxy(directory.resolve("proxy"));
    ModuleProxies proxies =
        new ModuleProxies(
            List.of(new ModuleProxies.Proxy(directory.resolve("proxy").toUri(), true)), "the test");
    try (Fetcher fetcher = new Fetcher(cache(cache), workshop.progress(), System.getenv())) {
      return new LockModules(fetcher, proxies)
          .lock(wanted, (Making.OfModules) wanted.making(), "amd64", Optional.empty());
    }
  }

  private Build wanted() throws IOException {
    sample.writeFiles(directory.resolve("files"));
    return Objects.requireNonNull(read().builds().get("tool"));
  }

  private Profile read() throws IOException {
    Path file = directory.resolve("sample.yaml");
    Files.writeString(file, "extends: debian12\nname: sample\nbuilds:\n" + sample.text("./files"));
    return KnownFamilies.CATALOG.find(file.toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
