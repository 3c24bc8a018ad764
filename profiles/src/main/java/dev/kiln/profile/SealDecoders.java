package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decoders of what is sealed. */
final class SealDecoders {
  private SealDecoders() {}

  static Decoder<Map<ImagePath, Seal>> seals() {
    return Decoders.map(ImagePath::new, SealDecoders::seal);
  }

  private static Optional<Seal> seal(Node node, Problems problems) {
    Fields fields = new Fields(node, "a seal", problems);
    var again =
        fields.optional(
            "again", Decoders.list(Decoders.text()).<Seal>map(words -> new Seal.Again(words)));
    var by = fields.optional("by", Decoders.<Seal>text(Seal.By::new));
    var keep = fields.optional("keep", Decoders.<Seal>text(Seal.Keep::new));
    return fields.build(
        () -> {
          List<Seal> said =
              Stream.of(again, by, keep).flatMap(field -> field.get().stream()).toList();
          if (said.size() != 1) {
            throw new IllegalArgumentException(
                "one thing becomes of a path: write 'again: [PROGRAM, ARGUMENT]', 'by: WHO' or"
                    + " 'keep: WHY'");
          }
          return said.get(0);
        });
  }
}
