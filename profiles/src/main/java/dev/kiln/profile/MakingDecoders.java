package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decoders of what a built pin is made of. */
final class MakingDecoders {
  private static final String MODULES = "modules";

  private MakingDecoders() {}

  /** A build has modules, or what a source package is built with. */
  static Supplier<Making> making(Fields fields, Node build, FamilyRules family) {
    if (build instanceof Mapping mapping && mapping.entries().containsKey(MODULES)) {
      var modules = fields.required(MODULES, MakingDecoders::modules);
      return modules::get;
    }
    var source = fields.required("source", source(family));
    var toolchain = fields.required("toolchain", SectionDecoders.reasons(family::packageName));
    var commands = fields.required("commands", Decoders.text(Making.OfPackage::script));
    return () -> new Making.OfPackage(source.get(), toolchain.get(), commands.get());
  }

  private static Decoder<Making.Source> source(FamilyRules family) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a source", problems);
      var repository = fields.required("repository", Decoders.text(Words::repositoryName));
      var packageName = fields.required("package", Decoders.text(family::packageName));
      var version = fields.required("version", Decoders.text(Words::version));
      return fields.build(
          () -> new Making.Source(repository.get(), packageName.get(), version.get()));
    };
  }

  private static Optional<Making> modules(Node node, Problems problems) {
    Fields fields = new Fields(node, "modules", problems);
    var module = fields.required("module", Decoders.text(Making.OfModules::path));
    var files = fields.required("files", files());
    var toolchain = fields.required("toolchain", MakingDecoders::toolchain);
    var packages =
        fields.required(
            "packages", Decoders.map(Build::outputName, Decoders.text(Making.OfModules::path)));
    var tags =
        fields.optional("tags", Decoders.list(Decoders.text(Making.OfModules::tag)), List.of());
    var ldflags =
        fields.optional("ldflags", Decoders.list(Decoders.text(Making.OfModules::flag)), List.of());
    return fields.build(
        () ->
            new Making.OfModules(
                module.get(),
                files.get(),
                toolchain.get(),
                packages.get(),
                tags.get(),
                ldflags.get()));
  }

  private static Optional<GoToolchain> toolchain(Node node, Problems problems) {
    Fields fields = new Fields(node, "a Go toolchain", problems);
    var version = fields.required("version", Decoders.text(GoToolchain::version));
    var hashes =
        fields.required(
            "hashes", Decoders.map(Architecture::named, Decoders.text(GoToolchain::hash)));
    return fields.build(() -> new GoToolchain(version.get(), hashes.get()));
  }

  /** A path leads from the file that holds it, also where another file extends that one. */
  private static Decoder<ModuleFiles> files() {
    return (node, problems) -> {
      Path parent = Path.of(node.position().file()).getParent();
      Path directory = parent == null ? Path.of("") : parent;
      return Decoders.<ModuleFiles>text(text -> ModuleFiles.of(text, directory))
          .decode(node, problems);
    };
  }
}
