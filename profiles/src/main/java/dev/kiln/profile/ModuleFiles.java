package dev.kiln.profile;

import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code go.mod} and {@code go.sum} of a build's main module: of the catalog, or of the user's.
 * What they say, nobody has looked at here.
 */
public final class ModuleFiles {
  /** The catalog's. */
  static final List<String> NAMES =
      List.of("cni-plugins", "containerd", "coredns", "crictl", "etcd", "kubernetes");

  /** Kubernetes' own go.sum has 48 kB. */
  private static final int MAX_SIZE = 1 << 20;

  private static final String MOD = "go.mod";
  private static final String SUM = "go.sum";

  private final String name;
  private final Optional<Path> directory;
  private final byte[] mod;
  private final byte[] sum;

  private ModuleFiles(String name, Optional<Path> directory, byte[] mod, byte[] sum) {
    this.name = name;
    this.directory = directory;
    this.mod = mod;
    this.sum = sum;
  }

  /** Files of the catalog. */
  public static ModuleFiles named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there are no module files '"
              + Shown.of(name)
              + "': write one of "
              + String.join(", ", NAMES)
              + ", or the directory of a go.mod and a go.sum, such as ./kubernetes");
    }
    return new ModuleFiles(name, Optional.empty(), ofCatalog(name, MOD), ofCatalog(name, SUM));
  }

  private static byte[] ofCatalog(String name, String file) {
    return Resource.bytes(ModuleFiles.class, "catalog/modules/" + name + "/" + file);
  }

  /**
   * Files that a profile names: of the catalog, or a directory where the text holds a slash.
   *
   * @param parent the profile's directory, from which a relative path leads
   */
  static ModuleFiles of(String text, Path parent) {
    if (!text.contains("/")) {
      return named(text);
    }
    Path directory = parent.resolve(text);
    return new ModuleFiles(
        text, Optional.of(directory), read(directory.resolve(MOD)), read(directory.resolve(SUM)));
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new IllegalArgumentException(
            file + " has more than " + MAX_SIZE + " bytes: is it the right file?");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read: make it with 'go mod tidy', or check its permissions", e);
    }
  }

  /** The profile's word for them. */
  public String name() {
    return name;
  }

  /** The user's own files that were read, with their content; none of the catalog's. */
  public Map<Path, byte[]> read() {
    return directory
        .map(there -> Map.of(there.resolve(MOD), mod.clone(), there.resolve(SUM), sum.clone()))
        .orElse(Map.of());
  }

  /** The text of {@code go.mod}. */
  public String mod() {
    return new String(mod, StandardCharsets.UTF_8);
  }

  /** The text of {@code go.sum}. */
  public String sum() {
    return new String(sum, StandardCharsets.UTF_8);
  }

  /** Of both. */
  public Digest digest() {
    return Digest.of(Digest.of(mod) + " " + Digest.of(sum));
  }

  @Override
  public String toString() {
    return name + " " + digest();
  }
}
