package dev.kiln.builder.gomod;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.fetch.Fetcher;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedSource.GoModules;
import dev.kiln.lock.LockedSource.ModuleFile;
import dev.kiln.lock.LockedSource.ModuleToolchain;
import dev.kiln.profile.Build;
import dev.kiln.profile.GoToolchain;
import dev.kiln.profile.Making;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Locks a build of Go modules: every file that its {@code go.sum} names is fetched and compared
 * with its hash there, the toolchain with the profile's, and the choice with upstream's own. The
 * hashes that upstream does not have are compared with Go's checksum database.
 */
public final class LockModules {
  static final String TOOLCHAIN = "golang.org/toolchain";

  private final Cache cache;
  private final FetchModules modules;
  private final ChecksumDatabase sums;

  /** Locks with what these proxies have. */
  public LockModules(Fetcher fetcher, ModuleProxies proxies) {
    this.cache = fetcher.cache();
    this.modules = new FetchModules(fetcher, proxies);
    this.sums = new ChecksumDatabase(fetcher, proxies);
  }

  /**
   * Locks.
   *
   * @param host architecture of this machine, whose toolchain is locked, by Kiln's name of it
   * @param before what was locked of the same build; toolchains of other machines are kept
   */
  public GoModules lock(
      Build build, Making.OfModules made, String host, Optional<GoModules> before) {
    GoMod mod = GoMod.parse("the go.mod of the build '" + build.name() + "'", made.files().mod());
    GoSum sum = GoSum.parse("the go.sum of the build '" + build.name() + "'", made.files().sum());
    requireUpstream(build, made, mod);
    List<ModuleFile> files = modules.fetch(sum.hashes());
    Map<GoSum.Entry, String> toolchain = toolchain(made.toolchain(), host);
    Map<GoSum.Entry, String> unknown = new LinkedHashMap<>(toolchain);
    unknown.putAll(unknownToUpstream(build, made, new CompareUpstream.Files(mod, sum), files));
    sums.confirm(build.name(), unknown);
    return new GoModules(
        made.module(),
        made.files().digest(),
        toolchains(made, new ModuleToolchain(host, modules.fetch(toolchain).get(0)), before),
        files.stream().map(this::licensed).toList());
  }

  private ModuleFile licensed(ModuleFile file) {
    if (file.kind() != ModuleFile.Kind.ZIP) {
      return file;
    }
    try (ModuleArchive archive =
        ModuleArchive.open(file.module(), file.version(), cache.file(file.digest()).path())) {
      for (String name : KnownLicenses.FILES) {
        // A longer one is many licences, and none that is known.
        Optional<String> text = archive.hasText(name) ? archive.text(name) : Optional.empty();
        if (text.isPresent()) {
          return file.licensed(KnownLicenses.of(text.get()));
        }
      }
      return file;
    } catch (IOException e) {
      throw KilnException.io("read " + cache.file(file.digest()), e);
    }
  }

  /** Whether what was locked is what is wanted, and this machine's toolchain is there. */
  public static boolean isLocked(Making.OfModules made, GoModules locked, String host) {
    return locked.module().equals(made.module())
        && locked.files().equals(made.files().digest())
        && locked
            .toolchain(host)
            .filter(file -> file.version().equals(version(made.toolchain(), host)))
            .isPresent();
  }

  private static void requireUpstream(Build build, Making.OfModules made, GoMod mod) {
    String version = mod.version(made.module()).orElse("none");
    if (!version.equals(build.version())) {
      throw KilnException.input(
          "the build '"
              + build.name()
              + "' has version "
              + build.version()
              + ", and its go.mod requires "
              + made.module()
              + " "
              + version,
          "Let both name the same version");
    }
  }

  private static List<ModuleToolchain> toolchains(
      Making.OfModules made, ModuleToolchain own, Optional<GoModules> before) {
    List<ModuleToolchain> all = new ArrayList<>(List.of(own));
    before.stream()
        .flatMap(locked -> locked.toolchains().stream())
        .filter(each -> !each.architecture().equals(own.architecture()))
        .filter(each -> isOf(made.toolchain(), each))
        .forEach(all::add);
    all.sort(Comparator.comparing(ModuleToolchain::architecture));
    return all;
  }

  private static Map<GoSum.Entry, String> toolchain(GoToolchain wanted, String host) {
    return Map.of(
        new GoSum.Entry(TOOLCHAIN, version(wanted, host), ModuleFile.Kind.ZIP), hash(wanted, host));
  }

  private static String hash(GoToolchain wanted, String host) {
    return wanted.hashes().entrySet().stream()
        .filter(each -> each.getKey().toString().equals(host))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.input(
                    "the profile has no hash of the toolchain "
                        + wanted.version()
                        + " for "
                        + host
                        + ", this machine's architecture",
                    "Write it below 'hashes:', as 'go mod download -json "
                        + TOOLCHAIN
                        + "@"
                        + version(wanted, host)
                        + "' prints it"));
  }

  private static boolean isOf(GoToolchain wanted, ModuleToolchain locked) {
    return locked.file().version().startsWith("v0.0.1-" + wanted.version() + ".");
  }

  /** https://go.dev/ref/mod#toolchain: the name of a toolchain for Linux, as a version. */
  private static String version(GoToolchain toolchain, String architecture) {
    return "v0.0.1-" + toolchain.version() + ".linux-" + architecture;
  }

  private Map<GoSum.Entry, String> unknownToUpstream(
      Build build, Making.OfModules made, CompareUpstream.Files own, List<ModuleFile> files) {
    ModuleFile zip =
        files.stream()
            .filter(file -> file.module().equals(made.module()))
            .filter(file -> file.version().equals(build.version()))
            .filter(file -> file.kind() == ModuleFile.Kind.ZIP)
            .findFirst()
            .orElseThrow(
                () ->
                    KilnException.input(
                        "the go.sum of the build '"
                            + build.name()
                            + "' has no hash of "
                            + made.module()
                            + " "
                            + build.version(),
                        "Make it again with 'go mod tidy'"));
    try (ModuleArchive upstream =
        ModuleArchive.open(zip.module(), zip.version(), cache.file(zip.digest()).path())) {
      String name = made.module() + " " + build.version();
      Optional<GoMod> mod = upstream.text("go.mod").map(text -> GoMod.parse(name, text));
      Optional<GoSum> sum = upstream.text("go.sum").map(text -> GoSum.parse(name, text));
      return CompareUpstream.check(
          build.name(),
          own,
          mod.orElseThrow(
              () -> KilnException.input(name + " has no go.mod", "Build another version")),
          sum);
    } catch (IOException e) {
      throw KilnException.io("read " + cache.file(zip.digest()), e);
    }
  }
}
