package dev.kiln.profile;

import java.util.List;
import java.util.Map;

/** A family of another kind than Debian: none that Kiln bakes. */
final class SampleRules implements FamilyRules {
  @Override
  public String name() {
    return "sample";
  }

  @Override
  public List<String> distributions() {
    return List.of("sampleos", "samplix");
  }

  @Override
  public Map<Architecture, String> architectures() {
    return Map.of(Architecture.AMD64, "x86_64");
  }

  @Override
  public String packageName(String text) {
    if (!text.matches("[A-Za-z0-9._+-]+")) {
      throw new IllegalArgumentException("the sample family has no package '" + text + "'");
    }
    return text;
  }

  @Override
  public List<String> repositoryParts() {
    return List.of();
  }

  @Override
  public List<String> keyrings() {
    return List.of();
  }

  @Override
  public boolean isKernel(String packageName) {
    return packageName.equals("kernel");
  }

  @Override
  public List<String> usualKernels() {
    return List.of("kernel");
  }

  @Override
  public Map<String, String> nodePackages() {
    return Map.of("iptables", "the kubelet writes rules");
  }

  @Override
  public List<String> packagesOf(String program) {
    return List.of(program, "containerd.io");
  }
}
