package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import dev.kiln.file.Digest;
import java.util.Map;
import java.util.Optional;

/** Decoders of pins and builds. */
final class PinDecoders {
  private PinDecoders() {}

  static Decoder<Map<String, Pin>> pins() {
    return Decoders.namedMap(name -> Words.name("a pin", name), PinDecoders::pin);
  }

  static Decoder<Map<String, Build>> builds(FamilyRules family) {
    return Decoders.namedMap(name -> Words.name("a build", name), name -> build(name, family));
  }

  private static Decoder<Pin> pin(String name) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a pin", problems);
      refuseAmbiguousPlacement(node, problems);
      var version = fields.required("version", Decoders.text(Words::version));
      var sha256 = fields.required("sha256", Decoders.text(Digest::new));
      var addresses =
          fields.required(
              "addresses", Decoders.list(Decoders.text(Address::parse)).map(Pin::addresses));
      var layer = fields.required("layer", Decoders.text(LayerName::ofAddition));
      var install = fields.optional("install", Decoders.text(ImagePath::new));
      var unpack = fields.optional("unpack", PinDecoders::unpack);
      return fields.build(
          () ->
              new Pin(
                  name,
                  version.get(),
                  sha256.get(),
                  addresses.get(),
                  layer.get(),
                  install
                      .get()
                      .<Placement>map(Placement.Install::new)
                      .or(unpack::get)
                      .orElseThrow()));
    };
  }

  private static void refuseAmbiguousPlacement(Node node, Problems problems) {
    if (!(node instanceof Mapping pin)) {
      return;
    }
    boolean install = pin.entries().containsKey("install");
    if (install == pin.entries().containsKey("unpack")) {
      problems.add(
          pin.position(),
          install ? "a pin has both 'install' and 'unpack'" : "a pin needs 'install' or 'unpack'",
          "Write 'install: /usr/bin/tool' for a program, 'unpack: {to: /dir}' for a tar.gz");
    }
  }

  private static Optional<Placement> unpack(Node node, Problems problems) {
    Fields fields = new Fields(node, "unpack", problems);
    var to = fields.required("to", Decoders.text(ImagePath::new));
    var strip = fields.optional("strip", Decoders.integer(0, 8), 0);
    return fields.build(() -> new Placement.Unpack(to.get(), strip.get()));
  }

  private static Decoder<Build> build(String name, FamilyRules family) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a build", problems);
      var version = fields.required("version", Decoders.text(Words::version));
      var layer = fields.required("layer", Decoders.text(LayerName::ofAddition));
      var making = MakingDecoders.making(fields, node, family);
      var outputs =
          fields.required(
              "outputs", Decoders.map(Build::outputName, Decoders.text(ImagePath::new)));
      return fields.build(
          () -> new Build(name, version.get(), layer.get(), making.get(), outputs.get()));
    };
  }
}
