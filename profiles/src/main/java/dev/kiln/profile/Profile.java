package dev.kiln.profile;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image should be. It keeps every rule of its document: nothing stands in it twice, nothing
 * it names is missing, and its versions go together.
 *
 * @param name the profile's name, which lock and provenance carry
 * @param description one sentence
 * @param repositories by name; at least one
 * @param kit the tools of the bake; Kiln's own where the document names none
 * @param pins upstream binaries, by name
 * @param builds built pins, by name
 * @param replaces paths at which a pin or a build takes the place of a package's file, with the
 *     reason
 * @param seals what becomes of paths that packages' scripts make
 * @param zones by name; {@link ZoneName#DEFAULT} is always there
 * @param digest of the document with everything it extends, but without its kit
 */
public record Profile(
    String name,
    String description,
    Distribution distribution,
    Architecture architecture,
    Map<String, Repository> repositories,
    Packages packages,
    Toolset kit,
    Map<String, Pin> pins,
    Map<String, Build> builds,
    Map<String, String> replaces,
    Map<ImagePath, Seal> seals,
    NodeSettings node,
    Map<ZoneName, Zone> zones,
    Digest digest) {
  public Profile {
    Words.name("a profile", name);
    Words.sentence(description);
    if (repositories.isEmpty()) {
      throw new IllegalArgumentException("a profile needs a repository: write at least one");
    }
    repositories = Reasons.ordered(repositories);
    pins = Reasons.ordered(pins);
    builds = Reasons.ordered(builds);
    replaces = Reasons.checked(replaces, ImagePath::new);
    seals = Reasons.ordered(seals);
    zones = Reasons.ordered(zones);
    if (!zones.containsKey(ZoneName.DEFAULT)) {
      throw new IllegalArgumentException("a profile needs the zone 'default': write its time zone");
    }
    distribution.rules().requireArchitecture(architecture);
    refuseBrokenRules(
        new Sections(
            distribution.rules(), repositories, packages, pins, builds, seals, node, zones));
  }

  /** The version of the kubelet that the image holds; empty for an image without one. */
  public Optional<KubernetesVersion> kubernetes() {
    return sections().kubernetes();
  }

  /** Whether a program comes as a pin or a build, and not as a package. */
  public boolean adds(String program) {
    return sections().adds(program);
  }

  /** Whether a path may be a file of a pin or a build; of an archive, no more is known here. */
  public boolean brings(String path) {
    return pins.values().stream().anyMatch(pin -> pin.placement().covers(path))
        || builds.values().stream()
            .flatMap(build -> build.outputs().values().stream())
            .anyMatch(output -> output.text().equals(path));
  }

  /** A zone by its name; refuses one that the profile does not have. */
  public Zone zone(ZoneName zone) {
    Zone found = zones.get(zone);
    if (found == null) {
      throw KilnException.input(
          "the profile " + name + " has no zone '" + zone + "'",
          "Take one of " + String.join(", ", zones.keySet().stream().map(ZoneName::text).toList()));
    }
    return found;
  }

  private Sections sections() {
    return new Sections(
        distribution.rules(), repositories, packages, pins, builds, seals, node, zones);
  }

  private static void refuseBrokenRules(Sections sections) {
    List<Violation> broken = new ArrayList<>(Conflicts.in(sections));
    broken.addAll(Requirements.missingIn(sections));
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("; ", broken.stream().map(Violation::what).toList()));
    }
  }
}
