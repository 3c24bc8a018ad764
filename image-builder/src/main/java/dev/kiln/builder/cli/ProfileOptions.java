package dev.kiln.builder.cli;

import dev.kiln.builder.cache.UserDirectories;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.gomod.FindProxies;
import dev.kiln.builder.mirror.MirrorOption;
import dev.kiln.builder.mirror.ProfileMirrors;
import dev.kiln.failure.KilnException;
import dev.kiln.file.InputFiles;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.Profile;
import dev.kiln.profile.Zone;
import dev.kiln.profile.ZoneName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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

  @Mixin private CacheOption cache = new CacheOption();

  private final Map<String, String> environment = System.getenv();

  /** How the user named the profile. */
  String profileName() {
    return profile;
  }

  Profile profile() {
    return catalog().find(profile, new InputFiles());
  }

  /**
   * The profile, refused where it cannot be baked yet.
   *
   * @param inputs is told of the files it was read from
   */
  Profile profileToBake(InputFiles inputs) {
    return catalog().findToBake(profile, inputs);
  }

  /** The name of the zone asked for. */
  String zoneName() {
    return zone.or(this::zoneOfEnvironment).orElse(ZoneName.DEFAULT.text());
  }

  /** The mirrors asked for, as the user wrote them: passwords may be in them. */
  List<String> mirrors() {
    return mirrors.stream().map(MirrorOption::toString).toList();
  }

  /** The zone asked for. */
  Zone zoneOf(Profile of) {
    try {
      return of.zone(new ZoneName(zoneName()));
    } catch (IllegalArgumentException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          String.valueOf(e.getMessage()),
          "It comes from --zone, or else from the variable KKZONE",
          e);
    }
  }

  private Optional<String> zoneOfEnvironment() {
    return Optional.ofNullable(environment.get("KKZONE")).filter(value -> !value.isBlank());
  }

  ProfileMirrors mirrorsOf(Profile of) {
    return mirrorsOf(of, new InputFiles());
  }

  /**
   * The mirrors of a profile's repositories.
   *
   * @param inputs is told of the user's file of them
   */
  ProfileMirrors mirrorsOf(Profile of, InputFiles inputs) {
    return ProfileMirrors.choose(
            of,
            zoneOf(of),
            mirrors,
            new UserDirectories(environment).configuration().resolve("mirrors.yaml"),
            inputs,
            repository -> families().hostMirrors(of, Path.of("/etc"), repository))
        .with(new FindProxies(environment, inputs).find(of, zoneOf(of)));
  }

  private Catalog catalog() {
    return new Catalog(families().rules());
  }

  Families families() {
    return Distributions.known();
  }

  Path cache() {
    return cache.directory(environment);
  }

  Map<String, String> environment() {
    return environment;
  }
}
