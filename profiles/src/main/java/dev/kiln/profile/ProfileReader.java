package dev.kiln.profile;

import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import dev.kiln.failure.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a profile from its tree, everything it extends merged in; refuses it whole. */
final class ProfileReader {
  static final String KIT = "kit";

  private final Node tree;
  private final Problems problems = new Problems();

  private ProfileReader(Node tree) {
    this.tree = tree;
  }

  static Profile read(Node tree) {
    return new ProfileReader(tree).read();
  }

  private Profile read() {
    Fields fields = new Fields(tree, "a profile", problems);
    var name = fields.required("name", Decoders.text(text -> Words.name("a profile", text)));
    var description = fields.required("description", Decoders.text(Words::sentence));
    var distribution = fields.required("distribution", SectionDecoders::distribution);
    var architecture = fields.required("architecture", Decoders.oneOf(Architecture.class));
    var repositories = fields.required("repositories", SectionDecoders.repositories());
    var packages = fields.optional("packages", SectionDecoders::packages, Packages.NONE);
    var kit = fields.optional(KIT, SectionDecoders::toolset, Catalog.toolset());
    var pins = fields.optional("pins", PinDecoders.pins(), Map.of());
    var builds = fields.optional("builds", PinDecoders.builds(), Map.of());
    var node = fields.optional("node", NodeDecoders::node, NodeSettings.NONE);
    var zones = fields.optional("zones", ZoneDecoders.zones(), ZoneDecoders.UNIVERSAL);
    boolean whole = problems.none();
    Sections sections =
        new Sections(
            repositories.orElse(Map.of()),
            packages.orElse(Packages.NONE),
            pins.orElse(Map.of()),
            builds.orElse(Map.of()),
            node.orElse(NodeSettings.NONE),
            zones.orElse(ZoneDecoders.UNIVERSAL));
    checkRules(sections, whole);
    Optional<Profile> profile =
        fields.build(
            () ->
                new Profile(
                    name.get(),
                    description.get(),
                    distribution.get(),
                    architecture.get(),
                    repositories.get(),
                    packages.get(),
                    kit.get(),
                    pins.get(),
                    builds.get(),
                    node.get(),
                    zones.get(),
                    TreeDigest.of(withoutKit())));
    problems.refuseIfAny();
    return profile.orElseThrow(() -> new IllegalStateException("no problem, yet no profile"));
  }

  /** A lock holds its kit whole: that Kiln's own became a better one changes no profile. */
  private Node withoutKit() {
    if (!(tree instanceof Mapping mapping)) {
      return tree;
    }
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.remove(KIT);
    return new Mapping(mapping.position(), entries);
  }

  /** What is missing can be said only of a profile that was read whole. */
  private void checkRules(Sections sections, boolean whole) {
    Conflicts.in(sections).forEach(this::add);
    if (whole) {
      Requirements.missingIn(sections).forEach(this::add);
    }
  }

  private void add(Violation violation) {
    problems.add(place(violation.path()), violation.what(), violation.mend());
  }

  /** Where a path leads, or as far as it leads. */
  private Position place(List<String> path) {
    Position place = tree.position();
    Node here = tree;
    for (String key : path) {
      Entry entry = here instanceof Mapping mapping ? mapping.entries().get(key) : null;
      if (entry == null) {
        break;
      }
      place = entry.position();
      here = entry.value();
    }
    return place;
  }
}
