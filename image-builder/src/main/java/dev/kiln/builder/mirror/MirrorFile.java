package dev.kiln.builder.mirror;

import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.file.InputFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The user's own mirrors, {@code ~/.config/kiln/mirrors.yaml}:
 *
 * <pre>
 * mirrors:
 *   debian: [http://mirror.example/debian]
 * </pre>
 */
final class MirrorFile {
  private MirrorFile() {}

  /** By repository; empty where there is no such file. */
  static Map<String, List<URI>> read(Path file, InputFiles inputs) {
    if (!Files.exists(file)) {
      inputs.missed(file);
      return Map.of();
    }
    Node node = YamlReader.read(file, inputs);
    Problems problems = new Problems();
    Fields fields = new Fields(node, "the file of mirrors", problems);
    var mirrors =
        fields.required(
            "mirrors",
            Decoders.map(Function.identity(), Decoders.list(Decoders.text(MirrorRoot::parse))));
    var read = fields.build(mirrors::get);
    problems.refuseIfAny();
    return read.orElseThrow();
  }
}
