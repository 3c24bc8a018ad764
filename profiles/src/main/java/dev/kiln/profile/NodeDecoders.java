package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import java.util.Map;
import java.util.Optional;

/** Decoders of a node's settings. */
final class NodeDecoders {
  private NodeDecoders() {}

  static Optional<NodeSettings> node(Node node, Problems problems) {
    Fields fields = new Fields(node, "node", problems);
    var modules =
        fields.optional("modules", SectionDecoders.reasons(NodeSettings::module), Map.of());
    var sysctls = fields.optional("sysctls", sysctls(), Map.of());
    var arguments = fields.optional("kernelArguments", arguments(), Map.of());
    var driver =
        fields.optional("cgroupDriver", Decoders.oneOf(CgroupDriver.class), CgroupDriver.SYSTEMD);
    var containerd = fields.optional("containerd", NodeDecoders::containerd);
    var logs = fields.optional("containerLogs", NodeDecoders::containerLogs, ContainerLogs.DEFAULT);
    return fields.build(
        () ->
            new NodeSettings(
                modules.get(),
                sysctls.get(),
                arguments.get(),
                driver.get(),
                containerd.get(),
                logs.get()));
  }

  private static Decoder<Map<String, String>> arguments() {
    return SectionDecoders.reasons(NodeSettings::argument).map(NodeSettings::arguments);
  }

  private static Decoder<Map<String, Sysctl>> sysctls() {
    return Decoders.map(
        Sysctl::key,
        (node, problems) -> {
          Fields fields = new Fields(node, "a sysctl", problems);
          var value = fields.required("value", Decoders.text(Sysctl::value));
          var why = fields.required("why", Decoders.text(Words::sentence));
          return fields.build(() -> new Sysctl(value.get(), why.get()));
        });
  }

  private static Optional<Containerd> containerd(Node node, Problems problems) {
    Fields fields = new Fields(node, "containerd", problems);
    var version = fields.required("version", Decoders.text(Containerd::series));
    var configVersion = fields.required("configVersion", Decoders.integer(2, 3));
    var sandboxImage = fields.optional("sandboxImage", Decoders.text(Containerd::image));
    return fields.build(
        () -> new Containerd(version.get(), configVersion.get(), sandboxImage.get()));
  }

  private static Optional<ContainerLogs> containerLogs(Node node, Problems problems) {
    Fields fields = new Fields(node, "containerLogs", problems);
    var maxSize =
        fields.optional(
            "maxSize", Decoders.text(ContainerLogs::size), ContainerLogs.DEFAULT.maxSize());
    var maxFiles =
        fields.optional("maxFiles", Decoders.integer(2, 100), ContainerLogs.DEFAULT.maxFiles());
    return fields.build(() -> new ContainerLogs(maxSize.get(), maxFiles.get()));
  }
}
