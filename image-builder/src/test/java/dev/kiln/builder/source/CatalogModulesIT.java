package dev.kiln.builder.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.fetch.Download;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.builder.gomod.FindProxies;
import dev.kiln.builder.gomod.GoProgram;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest of the catalog's builds of Go modules, from this machine's proxy to the program. */
class CatalogModulesIT {
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

  /** What goes into the bill of materials. */
  @Test
  void saysOfItselfWhatGoReadsInIt() throws Exception {
    GoProgram program = GoProgram.read(built.file("crictl").path()).orElseThrow();

    List<String> lines = goVersion(built.file("crictl").path());

    assertThat(lines.get(0)).endsWith(": " + program.toolchain());
    assertThat(program.modules())
        .extracting(each -> each.path() + "\t" + each.version() + "\t" + each.hash())
        .isEqualTo(
            lines.stream()
                .filter(line -> line.matches("\t(mod|dep|=>)\t[^\t]+\t[^\t]+\th1:.*"))
                .map(line -> line.substring(line.indexOf('\t', 1) + 1))
                .toList())
        .hasSizeGreaterThan(10);
    assertThat(lines).contains("\tbuild\t-trimpath=true", "\tbuild\tCGO_ENABLED=0");
  }

  @Test
  void isMadeOfLockedModulesAloneByTheirHashes() {
    GoProgram program = GoProgram.read(built.file("crictl").path()).orElseThrow();

    assertThat(program.modules())
        .allSatisfy(
            module -> {
              assertThat(locked.modules())
                  .anyMatch(
                      file ->
                          file.module().equals(module.path())
                              && file.version().equals(module.version())
                              && file.kind() == ModuleFile.Kind.ZIP);
              assertThat(((Making.OfModules) crictl.making()).files().sum())
                  .contains(module.path() + " " + module.version() + " " + module.hash());
            });
  }

  /** By the toolchain that compiled it. */
  private static List<String> goVersion(Path program) throws Exception {
    Path go = shared.resolve("go");
    ModuleFile toolchain = locked.toolchain("amd64").orElseThrow();
    try (ZipFile zip = new ZipFile(workshop.cache().file(toolchain.digest()).path().toFile());
        InputStream in =
            zip.getInputStream(
                zip.getEntry(toolchain.module() + "@" + toolchain.version() + "/bin/go"))) {
      Files.copy(in, go, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder command = new ProcessBuilder(go.toString(), "version", "-m", program.toString());
    command.environment().put("GOTOOLCHAIN", "local");
    // It insists on one, and reads nothing of it.
    command.environment().put("GOROOT", shared.toString());
    Process process = command.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
