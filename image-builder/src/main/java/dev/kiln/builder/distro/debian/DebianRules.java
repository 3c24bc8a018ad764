package dev.kiln.builder.distro.debian;

import dev.kiln.failure.Shown;
import dev.kiln.profile.Architecture;
import dev.kiln.profile.FamilyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a profile of Debian keeps. */
final class DebianRules implements FamilyRules {
  // Debian Policy 5.6.7.
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");

  @Override
  public String name() {
    return "debian";
  }

  @Override
  public List<String> distributions() {
    return List.of("debian");
  }

  @Override
  public Map<Architecture, String> architectures() {
    return Map.of(Architecture.AMD64, "amd64", Architecture.ARM64, "arm64");
  }

  @Override
  public String packageName(String text) {
    if (!PACKAGE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not a package name: write lower-case letters, digits, '+', '-' and '.'");
    }
    return text;
  }

  /** https://wiki.debian.org/DebianRepository/Format. */
  @Override
  public List<String> repositoryParts() {
    return List.of("suites", "components");
  }

  @Override
  public List<String> keyrings() {
    return List.of("debian-archive");
  }

  @Override
  public boolean isKernel(String packageName) {
    return packageName.startsWith("linux-image-");
  }

  @Override
  public List<String> usualKernels() {
    return List.of("linux-image-amd64", "linux-image-arm64");
  }

  @Override
  public Map<String, String> nodePackages() {
    Map<String, String> packages = new LinkedHashMap<>();
    packages.put("systemd-sysv", "the units of a node need systemd as its init");
    packages.put("iptables", "the kubelet and kube-proxy write rules");
    packages.put("conntrack", "kube-proxy drops stale connections with it");
    packages.put("socat", "kubectl port-forward runs it");
    packages.put("iproute2", "network add-ons run ip");
    return packages;
  }

  @Override
  public List<String> packagesOf(String program) {
    return List.of(program);
  }
}
