package dev.kiln.profile;

import java.util.Map;
import java.util.Optional;

/** The parts of a profile on which rules look across. */
record Sections(
    FamilyRules family,
    Map<String, Repository> repositories,
    Packages packages,
    Map<String, Pin> pins,
    Map<String, Build> builds,
    Map<ImagePath, Seal> seals,
    NodeSettings node,
    Map<ZoneName, Zone> zones) {

  boolean hasPackage(String name) {
    return packages.include().containsKey(name);
  }

  /** The package that brings a program, where one does. */
  Optional<String> packageOf(String program) {
    return family.packagesOf(program).stream().filter(this::hasPackage).findFirst();
  }

  /** Whether a program comes as a pin or a build, by its name or by where it is put. */
  boolean adds(String program) {
    return pinOf(program).isPresent() || buildOf(program).isPresent();
  }

  Optional<Pin> pinOf(String program) {
    return pins.values().stream()
        .filter(pin -> pin.name().equals(program) || isPlacedAs(pin.placement(), program))
        .findFirst();
  }

  Optional<Build> buildOf(String program) {
    return builds.values().stream()
        .filter(
            build -> build.outputs().values().stream().anyMatch(p -> p.fileName().equals(program)))
        .findFirst();
  }

  /** The kubelet's version, which is what the version rules look at; empty without a kubelet. */
  Optional<KubernetesVersion> kubernetes() {
    return pinOf("kubelet")
        .map(Pin::version)
        .or(() -> buildOf("kubelet").map(Build::version))
        .flatMap(KubernetesVersion::find);
  }

  private static boolean isPlacedAs(Placement placement, String program) {
    return placement instanceof Placement.Install install
        && install.path().fileName().equals(program);
  }
}
