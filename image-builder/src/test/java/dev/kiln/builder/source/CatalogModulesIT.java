package dev.kiln.builder.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.FindProxies;
import dev.kiln.builder.gomod.LockModules;
import dev.kiln.builder.gomod.ModuleProxies;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.profile.Build;
import dev.kiln.profile.Making;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest of the catalog's builds of Go modules, from this machine's proxy to the program. */
class CatalogModulesIT {
  /** A module in what the linker writes into a program (runtime/debug, BuildInfo). */
  private static final Pattern MODULE =
      Pattern.compile("\n(?:dep|=>)\t([^\t\n]+)\t(v[^\t\n]+)\t(h1:[^\t\n]+)");

  @TempDir private static Path shared;
  private static Workshop workshop;
  private static Build crictl;
  private static GoModules locked;
  private static CacheEntry built;

  @BeforeAll
  static void build() {
    workshop = Workshop.open("debian12-source", shared);
    Profile profile = KnownFamilies.CATALOG.find("debian12-modules");
    crictl = Objects.requireNonNull(profile.builds().get("crictl"));
    ModuleProxies proxies =
        new FindProxies(System.getenv(), new InputFiles())
            .find(profile, profile.zone(ZoneName.DEFAULT));
    Cache cache = workshop.cache();
    try (Fetcher fetcher = new Fetcher(cache, workshop.progress(), System.getenv())) {
      locked =
          new LockModules(fetcher, proxies)
              .lock(crictl, (Making.OfModules) crictl.making(), "amd64", Optional.empty());
      built =
          new BuildPin(cache, workshop::kit, Workshop.FORMATS, workshop.progress())
              .build(
                  crictl,
                  new LockedBuild("crictl", crictl.version(), locked, List.of(), Digest.of("any")),
                  any -> bring(fetcher, proxies));
    }
  }

  /** As a bake does, by what the lock says alone. */
  private static BuildInputs bring(Fetcher fetcher, ModuleProxies proxies) {
    ModuleFile toolchain = locked.toolchain("amd64").orElseThrow();
    fetcher.fetchAll(
        Stream.concat(locked.modules().stream(), Stream.of(toolchain))
            .map(
                file ->
                    new Download(
                        file.path(),
                        file.digest(),
                        OptionalLong.of(file.size()),
                        proxies.addressesOf(file)))
            .toList());
    return new BuildInputs.OfModules(
        locked.modules().stream().map(file -> workshop.cache().file(file.digest())).toList(),
        workshop.cache().file(toolchain.digest()));
  }

  @Test
  void knowsItsVersion() throws Exception {
    Process process =
        new ProcessBuilder(built.file("crictl").path().toString(), "--version").start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said).contains(crictl.version());
  }

  @Test
  void isMadeOfLockedModulesAloneByTheirHashes() throws Exception {
    String program = Files.readString(built.file("crictl").path(), ISO_8859_1);
    Matcher module = MODULE.matcher(program);
    int found = 0;
    for (; module.find(); found++) {
      String path = module.group(1);
      String version = module.group(2);
      assertThat(locked.modules())
          .as("%s %s", path, version)
          .anyMatch(
              file ->
                  file.module().equals(path)
                      && file.version().equals(version)
                      && file.kind() == ModuleFile.Kind.ZIP);
      assertThat(((Making.OfModules) crictl.making()).files().sum())
          .contains(path + " " + version + " " + module.group(3));
    }

    assertThat(found).isGreaterThan(10);
    assertThat(program).contains("\nbuild\t-trimpath=true\n").contains("\nbuild\tCGO_ENABLED=0\n");
  }
}
