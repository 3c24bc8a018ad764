package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Decoders of a profile's distribution, repositories and packages, and of named parts. */
final class SectionDecoders {
  private SectionDecoders() {}

  static Decoder<Distribution> distribution(KnownFamilies families) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a distribution", problems);
      var name = fields.required("name", Decoders.text(families::distribution));
      var release =
          fields.required("release", Decoders.text(text -> Words.name("a release", text)));
      return fields.build(
          () ->
              new Distribution(families.find(name.get()).orElseThrow(), name.get(), release.get()));
    };
  }

  static Decoder<Architecture> architecture(FamilyRules family) {
    return Decoders.oneOf(Architecture.class).map(family::requireArchitecture);
  }

  static Decoder<Map<String, Repository>> repositories(KnownFamilies families, FamilyRules family) {
    return Decoders.namedMap(Words::repositoryName, name -> repository(name, families, family));
  }

  private static Decoder<Repository> repository(
      String name, KnownFamilies families, FamilyRules family) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a repository", problems);
      var mirror = fields.required("mirror", Decoders.text(Address::parse));
      var archive = fields.optional("archive", Decoders.text(Address::parse));
      var suites = parts(fields, "suites", family, false);
      var components = parts(fields, "components", family, looksFlat(node));
      var keyring = fields.required("keyring", keyring(families));
      return fields.build(
          () ->
              new Repository(
                  name,
                  mirror.get(),
                  archive.get(),
                  suites.get(),
                  components.get(),
                  keyring.get()));
    };
  }

  /** Whether a suite ends as directories do, whatever else may be wrong with it. */
  private static boolean looksFlat(Node node) {
    return node instanceof Mapping repository
        && Optional.ofNullable(repository.entries().get("suites"))
            .filter(entry -> entry.value() instanceof Sequence)
            .stream()
            .flatMap(entry -> ((Sequence) entry.value()).items().stream())
            .anyMatch(suite -> suite instanceof Scalar word && word.text().endsWith("/"));
  }

  /**
   * A key of repositories that have no such parts is unknown, as any other.
   *
   * @param flat whether they need not have these
   */
  private static Fields.Field<List<String>> parts(
      Fields fields, String key, FamilyRules family, boolean flat) {
    if (!family.repositoryParts().contains(key)) {
      return Fields.Field.of(key, List.of());
    }
    Decoder<List<String>> words =
        Decoders.list(Decoders.text()).map(given -> Repository.parts(key, given));
    return flat ? fields.optional(key, words, List.of()) : fields.required(key, words);
  }

  /**
   * One of Kiln's, or a file where the text holds a slash. A path leads from the file that holds
   * it, also where another file extends that one.
   */
  private static Decoder<KeyringFile> keyring(KnownFamilies families) {
    return (node, problems) -> {
      Path parent = Path.of(node.position().file()).getParent();
      Path directory = parent == null ? Path.of("") : parent;
      return Decoders.<KeyringFile>text(
              text ->
                  text.contains("/") ? KeyringFile.ofUser(text, directory) : families.keyring(text))
          .decode(node, problems);
    };
  }

  static Decoder<Packages> packages(FamilyRules family) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "packages", problems);
      var recommends = fields.optional("recommends", Decoders.flag(), false);
      var include = fields.optional("include", reasons(family::packageName), Map.of());
      return fields.build(() -> new Packages(recommends.get(), include.get()));
    };
  }

  /** The tools of a bake, whatever is baked. */
  static Decoder<Toolset> toolset(KnownFamilies families) {
    return (node, problems) -> {
      FamilyRules family = families.namedIn(node);
      Fields fields = new Fields(node, "kit", problems);
      var distribution = fields.required("distribution", distribution(families));
      var repositories = fields.required("repositories", repositories(families, family));
      var host = fields.required("host", reasons(family::packageName));
      var boot = fields.optional("boot", reasons(family::packageName), Map.of());
      return fields.build(
          () -> new Toolset(distribution.get(), repositories.get(), host.get(), boot.get()));
    };
  }

  /** Names of the user's choice, each with the reason why it is there. */
  static Decoder<Map<String, String>> reasons(UnaryOperator<String> name) {
    return Decoders.map(name, Decoders.text(Words::sentence));
  }
}
