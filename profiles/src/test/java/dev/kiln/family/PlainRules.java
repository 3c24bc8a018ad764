package dev.kiln.family;

import dev.kiln.profile.Architecture;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.FamilyRules;
import dev.kiln.profile.KnownFamilies;
import java.util.List;
import java.util.Map;

/**
 * The rules of a family whose distribution the catalog's profiles name, and as few as there can be:
 * for tests that are about no family that Kiln bakes.
 */
public final class PlainRules implements FamilyRules {
  /** No other family is known. */
  public static final KnownFamilies ALONE = new KnownFamilies(List.of(new PlainRules()));

  /** The catalog by these rules. */
  public static final Catalog CATALOG = new Catalog(ALONE);

  @Override
  public String name() {
    return "plain";
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
    if (!text.matches("[a-z0-9+.-]+")) {
      throw new IllegalArgumentException("the plain family has no package '" + text + "'");
    }
    return text;
  }

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
    return List.of("linux-image-plain", "linux-image-other");
  }

  @Override
  public Map<String, String> nodePackages() {
    return Map.of("conntrack", "plain nodes drop connections with it");
  }

  @Override
  public List<String> packagesOf(String program) {
    return List.of(program);
  }
}
