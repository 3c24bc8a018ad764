package dev.kiln.builder.cli;

import dev.kiln.builder.mirror.MirrorOption;
import dev.kiln.builder.mirror.Mirrors;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import dev.kiln.profile.ZoneName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that reads a profile and fetches what it names. */
public final class ProfileOptions {
  @Option(
      names = "--profile",
      required = true,
      paramLabel = "NAME|FILE",
      description = "A profile of the catalog, or a path that ends in .yaml.")
  private String profile = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "A zone of the profile, such as cn; else that of the variable KKZONE; else default.")
  private Optional<String> zone = Optional.empty();

  @Option(
      names = "--mirror",
      paramLabel = "[REPOSITORY=]URL",
      converter = MirrorConverter.class,
      description =
          "Ask this mirror first; may be given for each repository, and again. Without a name it is"
              + " a host that has every repository under its usual name.")
  private List<MirrorOption> mirrors = new ArrayList<>();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "What was fetched and made before; else the variable KILN_CACHE; else ~/.cache/kiln.")
  private Optional<Path> cache = Optional.empty();

  private final Map<String, String> environment = System.getenv();

  Profile profile() {
    return Catalog.find(profile);
  }

  /** The zone asked for. */
  Zone zoneOf(Profile of) {
    String name = zone.or(() -> variable("KKZONE")).orElse(ZoneName.DEFAULT.text());
    return of.zone(new ZoneName(name));
  }

  Mirrors mirrorsOf(Profile of) {
    return Mirrors.choose(
        of,
        zoneOf(of),
        mirrors,
        userDirectory("XDG_CONFIG_HOME", ".config").resolve("mirrors.yaml"),
        Path.of("/etc/apt"));
  }

  Path cache() {
    return cache
        .or(() -> variable("KILN_CACHE").map(Path::of))
        .orElseGet(() -> userDirectory("XDG_CACHE_HOME", ".cache"));
  }

  Map<String, String> environment() {
    return environment;
  }

  /** XDG Base Directory Specification 0.8. */
  private Path userDirectory(String variable, String belowHome) {
    return variable(variable)
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), belowHome))
        .resolve("kiln");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
