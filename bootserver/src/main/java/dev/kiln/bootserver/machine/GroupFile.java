package dev.kiln.bootserver.machine;

import static dev.kiln.document.Decoders.list;
import static dev.kiln.document.Decoders.map;
import static dev.kiln.document.Decoders.text;

import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import dev.kiln.failure.Shown;
import dev.kiln.node.boot.KernelCommandLine;
import dev.kiln.node.facts.AuthorizedKey;
import dev.kiln.node.nocloud.CloudConfig;
import dev.kiln.profile.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the file of one group. */
final class GroupFile {
  private static final Set<String> OWN_ARGUMENTS = Set.of("BOOTIF", "ds", "initrd");

  private GroupFile() {}

  /**
   * Reads it.
   *
   * @param id of the group: its file's name
   */
  static Optional<Group> decode(Node node, String id, Problems problems) {
    Fields fields = new Fields(node, "a group", problems);
    var selector = fields.optional("selector", map(Selector::label, text()), Map.of());
    var image = fields.required("image", GroupFile::image);
    var role = fields.optional("role", text());
    var hostname = fields.optional("hostname", text(HostnamePattern::new), HostnamePattern.NAME);
    var keys = fields.optional("sshAuthorizedKeys", list(text(AuthorizedKey::new)), List.of());
    var arguments =
        fields.optional("kernelArguments", list(text(GroupFile::kernelArgument)), List.of());
    var cloudConfig = fields.optional("cloudConfig", CloudConfig.decoder(), CloudConfig.EMPTY);
    return fields.build(
        () ->
            new Group(
                id,
                new Selector(selector.get()),
                image.get(),
                role.get(),
                hostname.get(),
                keys.get(),
                arguments.get(),
                cloudConfig.get()));
  }

  /** A name, or one for each architecture. */
  private static Optional<ImageChoice> image(Node node, Problems problems) {
    return node instanceof Node.Mapping
        ? map(GroupFile::architecture, text(ImageName::new))
            .<ImageChoice>map(ImageChoice.ByArchitecture::new)
            .decode(node, problems)
        : text(ImageName::new).<ImageChoice>map(ImageChoice.One::new).decode(node, problems);
  }

  private static Architecture architecture(String name) {
    return Arrays.stream(Architecture.values())
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an architecture is amd64 or arm64, not '" + Shown.of(name, 40) + "'"));
  }

  private static String kernelArgument(String text) {
    String name = text.split("=", 2)[0];
    if (name.startsWith("kiln.") || OWN_ARGUMENTS.contains(name)) {
      throw new IllegalArgumentException("'" + text + "' is set by Kiln itself; leave it out");
    }
    return KernelCommandLine.argument(text);
  }
}
