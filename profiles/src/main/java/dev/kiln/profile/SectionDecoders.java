package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Decoders of a profile's distribution, repositories and packages, and of named parts. */
final class SectionDecoders {
  private SectionDecoders() {}

  static Optional<Distribution> distribution(Node node, Problems problems) {
    Fields fields = new Fields(node, "a distribution", problems);
    var name = fields.required("name", Decoders.text(Distribution::known));
    var release = fields.required("release", Decoders.text(text -> Words.name("a release", text)));
    return fields.build(() -> new Distribution(name.get(), release.get()));
  }

  static Decoder<Map<String, Repository>> repositories() {
    return Decoders.namedMap(Words::repositoryName, SectionDecoders::repository);
  }

  private static Decoder<Repository> repository(String name) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a repository", problems);
      var mirror = fields.required("mirror", Decoders.text(Address::parse));
      var archive = fields.optional("archive", Decoders.text(Address::parse));
      var suites = fields.required("suites", words("suites"));
      var components = fields.required("components", words("components"));
      var keyring = fields.required("keyring", keyring());
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

  private static Decoder<List<String>> words(String what) {
    return Decoders.list(Decoders.text()).map(words -> Repository.words(what, words));
  }

  /** A path leads from the file that holds it, also where another file extends that one. */
  private static Decoder<Keyring> keyring() {
    return (node, problems) -> {
      Path parent = Path.of(node.position().file()).getParent();
      Path directory = parent == null ? Path.of("") : parent;
      return Decoders.<Keyring>text(text -> Keyring.of(text, directory)).decode(node, problems);
    };
  }

  static Optional<Packages> packages(Node node, Problems problems) {
    Fields fields = new Fields(node, "packages", problems);
    var recommends = fields.optional("recommends", Decoders.flag(), false);
    var include = fields.optional("include", reasons(Words::packageName), Map.of());
    return fields.build(() -> new Packages(recommends.get(), include.get()));
  }

  static Optional<Toolset> toolset(Node node, Problems problems) {
    Fields fields = new Fields(node, "kit", problems);
    var repositories = fields.required("repositories", repositories());
    var host = fields.required("host", reasons(Words::packageName));
    var boot = fields.optional("boot", reasons(Words::packageName), Map.of());
    return fields.build(() -> new Toolset(repositories.get(), host.get(), boot.get()));
  }

  /** Names of the user's choice, each with the reason why it is there. */
  static Decoder<Map<String, String>> reasons(UnaryOperator<String> name) {
    return Decoders.map(name, Decoders.text(Words::sentence));
  }
}
