package dev.kiln.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must not be missing: containerd's settings, and everything a kubelet stands on. */
final class Requirements {
  private static final Map<String, String> MODULES =
      Map.of(
          "overlay", "containerd keeps its snapshots on overlayfs",
          "br_netfilter", "traffic of pods on a bridge must pass the rules of services");
  private static final Map<String, String> SYSCTLS =
      Map.of(
          "net.ipv4.ip_forward", "a node routes for its pods",
          "net.bridge.bridge-nf-call-iptables", "services must reach pods on a bridge");

  private final Sections sections;
  private final List<Violation> found = new ArrayList<>();

  private Requirements(Sections sections) {
    this.sections = sections;
  }

  static List<Violation> missingIn(Sections sections) {
    Requirements requirements = new Requirements(sections);
    requirements.settingsOfContainerd();
    if (sections.adds("kubelet")) {
      requirements.kernel();
      requirements.packages();
      requirements.runtime();
      requirements.modules();
      requirements.sysctls();
    }
    return requirements.found;
  }

  private void settingsOfContainerd() {
    boolean installed = sections.packageOf("containerd").isPresent() || sections.adds("containerd");
    boolean configured = sections.node().containerd().isPresent();
    if (installed && !configured) {
      miss(
          List.of("node", "containerd"),
          "containerd is installed, but node.containerd does not say which",
          "Add 'containerd: {version: \"1.6\", configVersion: 2}' under 'node:'");
    }
    if (configured && !installed) {
      miss(
          List.of("node", "containerd"),
          "node.containerd is set, but nothing installs containerd",
          "Add it under 'pins:' or 'packages:'");
    }
  }

  private void kernel() {
    if (sections.packages().include().keySet().stream().noneMatch(sections.family()::isKernel)) {
      miss(
          List.of("packages", "include"),
          "a node needs a kernel",
          "Add the package " + String.join(" or ", sections.family().usualKernels()));
    }
  }

  private void packages() {
    sections
        .family()
        .nodePackages()
        .forEach(
            (name, why) -> {
              if (!sections.hasPackage(name)) {
                miss(
                    List.of("packages", "include"),
                    "a node with a kubelet needs the package " + name + ": " + why,
                    "Add it under 'packages: include:'");
              }
            });
  }

  private void runtime() {
    for (String program : List.of("containerd", "runc")) {
      if (sections.packageOf(program).isEmpty() && !sections.adds(program)) {
        miss(
            List.of("pins"),
            "a node with a kubelet needs " + program,
            "Add it under 'pins:' or 'packages:'");
      }
    }
  }

  private void modules() {
    MODULES.forEach(
        (name, why) -> {
          if (!sections.node().modules().containsKey(name)) {
            miss(
                List.of("node", "modules"),
                "a node with a kubelet needs the module " + name + ": " + why,
                "Add it under 'node: modules:'");
          }
        });
  }

  private void sysctls() {
    SYSCTLS.forEach(
        (key, why) -> {
          Sysctl sysctl = sections.node().sysctls().get(key);
          if (sysctl == null || !sysctl.value().equals("1")) {
            miss(
                sysctl == null
                    ? List.of("node", "sysctls")
                    : List.of("node", "sysctls", key, "value"),
                "a node with a kubelet needs " + key + " = 1: " + why,
                "Write '" + key + ": {value: \"1\", why: …}' under 'node: sysctls:'");
          }
        });
  }

  private void miss(List<String> path, String what, String mend) {
    found.add(new Violation(path, what, mend));
  }
}
