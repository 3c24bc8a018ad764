package dev.kiln.profile;

import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import dev.kiln.file.InputFiles;
import dev.kiln.file.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The profiles that come with Kiln, and those in the user's files, held to the rules of the
 * families that are known.
 */
public final class Catalog {
  private static final List<String> NAMES =
      List.of("debian12", "debian12-modules", "debian12-source");

  private final KnownFamilies families;

  public Catalog(KnownFamilies families) {
    this.families = families;
  }

  /** The names of the profiles that come with Kiln. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Reads a profile with everything it extends.
   *
   * @param nameOrPath a name of the catalog, or a path that ends in {@code .yaml}
   * @throws KilnException of kind INPUT with every problem of the document
   */
  public Profile find(String nameOrPath) {
    return find(nameOrPath, new InputFiles());
  }

  /**
   * Reads a profile with everything it extends.
   *
   * @param inputs is told of every file that was read: documents, and keyrings that they name
   */
  public Profile find(String nameOrPath, InputFiles inputs) {
    return told(ProfileReader.read(tree(nameOrPath, inputs), families), inputs);
  }

  /**
   * As {@link #find(String, InputFiles)}, for a bake.
   *
   * @throws KilnException of kind UNSUPPORTED where the profile is right, and cannot be baked yet
   */
  public Profile findToBake(String nameOrPath, InputFiles inputs) {
    return told(ProfileReader.readToBake(tree(nameOrPath, inputs), families), inputs);
  }

  private static Profile told(Profile profile, InputFiles inputs) {
    Stream.of(profile.repositories(), profile.kit().repositories())
        .flatMap(repositories -> repositories.values().stream())
        .map(Repository::keyring)
        .forEach(keyring -> keyring.file().ifPresent(file -> inputs.read(file, keyring.bytes())));
    for (Build build : profile.builds().values()) {
      if (build.making() instanceof Making.OfModules made) {
        made.files().read().forEach(inputs::read);
      }
    }
    return profile;
  }

  /** The document of a profile, everything it extends merged in. */
  private static Node tree(String nameOrPath, InputFiles inputs) {
    if (nameOrPath.endsWith(".yaml")) {
      return Extension.resolve(Extension.Origin.file(Path.of(nameOrPath)), inputs);
    }
    if (!NAMES.contains(nameOrPath)) {
      throw KilnException.input(
          "there is no profile '" + Shown.of(nameOrPath) + "' in the catalog",
          "Take one of " + String.join(", ", NAMES) + ", or give a path that ends in .yaml");
    }
    return Extension.resolve(Extension.Origin.catalog(nameOrPath), inputs);
  }

  /** What every profile extends in the end: Kiln's own kit. */
  static Mapping foundation() {
    Node kit = read("kit");
    return new Mapping(kit.position(), Map.of(ProfileReader.KIT, new Entry(kit.position(), kit)));
  }

  /** The tools of a profile that takes Kiln's own away and names none. */
  static Toolset toolset(KnownFamilies families) {
    Problems problems = new Problems();
    Optional<Toolset> kit = SectionDecoders.toolset(families).decode(read("kit"), problems);
    problems.refuseIfAny();
    return kit.orElseThrow(() -> new IllegalStateException("no problem, yet no kit"));
  }

  static Node read(String name) {
    return YamlReader.read(
        "profiles/catalog/" + name + ".yaml",
        Resource.bytes(Catalog.class, "catalog/" + name + ".yaml"));
  }
}
