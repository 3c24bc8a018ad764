package dev.kiln.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What may not stand together, or names what is not there: the rules every profile keeps. */
final class Conflicts {
  private final Sections sections;
  private final List<Violation> found = new ArrayList<>();

  private Conflicts(Sections sections) {
    this.sections = sections;
  }

  static List<Violation> in(Sections sections) {
    Conflicts conflicts = new Conflicts(sections);
    conflicts.found.addAll(PathConflicts.in(sections));
    conflicts.found.addAll(FamilyConflicts.in(sections));
    conflicts.namesOfRepositories();
    conflicts.addressesInZones();
    conflicts.versionsOfKubernetes();
    conflicts.programsFromTwoSources();
    conflicts.containerdOfAnotherVersion();
    conflicts.containerdAndKubernetes();
    conflicts.cgroupsAndKubernetes();
    conflicts.bridgeSettingsWithoutTheirModule();
    return conflicts.found;
  }

  private void namesOfRepositories() {
    Set<String> names = sections.repositories().keySet();
    String known =
        names.isEmpty() ? "none is declared" : "declared are " + String.join(", ", names);
    for (Build build : sections.builds().values()) {
      if (build.making() instanceof Making.OfPackage made
          && !names.contains(made.source().repository())) {
        refuse(
            List.of("builds", build.name(), "source", "repository"),
            "the repository '" + made.source().repository() + "' is not declared",
            "Add it under 'repositories:'; " + known);
      }
    }
    for (Zone zone : sections.zones().values()) {
      for (String name : zone.mirrors().keySet()) {
        if (!names.contains(name)) {
          refuse(
              List.of("zones", zone.name().text(), "mirrors", name),
              "the repository '" + name + "' is not declared",
              "Add it under 'repositories:', or leave the mirror out; " + known);
        }
      }
    }
  }

  /** What stands for the start of an address has to make an address with the rest of it. */
  private void addressesInZones() {
    for (Zone zone : sections.zones().values()) {
      for (Pin pin : sections.pins().values()) {
        zone.brokenAddressOf(pin)
            .ifPresent(
                start ->
                    refuse(
                        List.of("zones", zone.name().text(), "addresses", start),
                        "what stands here makes no address of the pin '" + pin.name() + "'",
                        "Let both end alike, as with a slash"));
      }
    }
  }

  private void versionsOfKubernetes() {
    sections
        .pinOf("kubelet")
        .filter(pin -> KubernetesVersion.find(pin.version()).isEmpty())
        .ifPresent(pin -> refuseVersion(List.of("pins", pin.name(), "version"), pin.version()));
    sections
        .buildOf("kubelet")
        .filter(build -> KubernetesVersion.find(build.version()).isEmpty())
        .ifPresent(
            build -> refuseVersion(List.of("builds", build.name(), "version"), build.version()));
  }

  private void refuseVersion(List<String> path, String version) {
    refuse(path, "'" + version + "' is not a version of Kubernetes", "Write such as v1.36.4");
  }

  private void programsFromTwoSources() {
    for (String program : List.of("containerd", "runc")) {
      sections
          .packageOf(program)
          .filter(name -> sections.adds(program))
          .ifPresent(
              name ->
                  refuse(
                      List.of("packages", "include", name),
                      program + " comes as a package, and as a pin or build",
                      "Keep one: leave the package out, or write 'pins: {" + program + ": null}'"));
    }
  }

  private void containerdOfAnotherVersion() {
    Stream.concat(
            sections.pinOf("containerd").map(Pin::version).stream(),
            sections.buildOf("containerd").map(Build::version).stream())
        .map(version -> version.startsWith("v") ? version.substring(1) : version)
        .forEach(
            version ->
                sections
                    .node()
                    .containerd()
                    .filter(node -> !version.startsWith(node.version() + "."))
                    .ifPresent(
                        node ->
                            refuse(
                                List.of("node", "containerd", "version"),
                                "node.containerd is of version "
                                    + node.version()
                                    + ", but containerd "
                                    + version
                                    + " is installed",
                                "Write the first two numbers of the installed version")));
  }

  private void containerdAndKubernetes() {
    sections
        .kubernetes()
        .ifPresent(
            kubernetes ->
                sections
                    .node()
                    .containerd()
                    .ifPresent(containerd -> refusePair(kubernetes, containerd)));
  }

  /** The CRI versions that both sides speak: v1alpha2 until 1.25, v1 from 1.23. */
  private void refusePair(KubernetesVersion kubernetes, Containerd containerd) {
    List<String> path = List.of("node", "containerd", "version");
    if (containerd.major() >= 2 && !kubernetes.atLeast(23)) {
      refuse(
          path,
          "containerd " + containerd.version() + " cannot serve the kubelet " + kubernetes,
          "Take containerd 1.6 or 1.7, or Kubernetes v1.23 or newer");
    }
    if (containerd.major() == 1 && containerd.minor() < 6 && kubernetes.atLeast(26)) {
      refuse(
          path,
          "the kubelet " + kubernetes + " needs CRI v1, which containerd has from 1.6",
          "Take containerd 1.6 or newer");
    }
  }

  private void cgroupsAndKubernetes() {
    String legacy = "systemd.unified_cgroup_hierarchy=0";
    if (sections.node().kernelArguments().containsKey(legacy)
        && sections.kubernetes().filter(version -> version.atLeast(35)).isPresent()) {
      refuse(
          List.of("node", "kernelArguments", legacy),
          "Kubernetes v1.35 and newer do not start on cgroup v1",
          "Leave the argument out");
    }
  }

  private void bridgeSettingsWithoutTheirModule() {
    if (sections.node().modules().containsKey("br_netfilter")) {
      return;
    }
    sections.node().sysctls().keySet().stream()
        .filter(key -> key.startsWith("net.bridge."))
        .forEach(
            key ->
                refuse(
                    List.of("node", "sysctls", key),
                    key + " exists only when the module br_netfilter is loaded",
                    "Add br_netfilter under 'modules:'"));
  }

  private void refuse(List<String> path, String what, String mend) {
    found.add(new Violation(path, what, mend));
  }
}
