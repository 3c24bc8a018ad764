package dev.kiln.profile;

import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import dev.kiln.document.Fields.Field;
import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a profile from its tree, everything it extends merged in; refuses it whole. */
final class ProfileReader {
  static final String KIT = "kit";

  /** The keys on which rules look across, also where some of them were refused. */
  private record Parts(
      Field<Map<String, Repository>> repositories,
      Field<Packages> packages,
      Field<Map<String, Pin>> pins,
      Field<Map<String, Build>> builds,
      Field<Map<ImagePath, Seal>> seals,
      Field<NodeSettings> node,
      Field<Map<ZoneName, Zone>> zones) {
    static Parts of(Fields fields, KnownFamilies families, FamilyRules family) {
      return new Parts(
          fields.required("repositories", SectionDecoders.repositories(families, family)),
          fields.optional("packages", SectionDecoders.packages(family), Packages.NONE),
          fields.optional("pins", PinDecoders.pins(), Map.of()),
          fields.optional("builds", PinDecoders.builds(family), Map.of()),
          fields.optional("seal", SealDecoders.seals(), Map.of()),
          fields.optional("node", NodeDecoders::node, NodeSettings.NONE),
          fields.optional("zones", ZoneDecoders.zones(), ZoneDecoders.UNIVERSAL));
    }

    Sections sections(FamilyRules family) {
      return new Sections(
          family,
          repositories.orElse(Map.of()),
          packages.orElse(Packages.NONE),
          pins.orElse(Map.of()),
          builds.orElse(Map.of()),
          seals.orElse(Map.of()),
          node.orElse(NodeSettings.NONE),
          zones.orElse(ZoneDecoders.UNIVERSAL));
    }
  }

  private final Node tree;
  private final KnownFamilies families;
  private final FamilyRules family;
  private final Problems problems = new Problems();

  private ProfileReader(Node tree, KnownFamilies families) {
    this.tree = tree;
    this.families = families;
    this.family = families.namedIn(tree);
  }

  static Profile read(Node tree, KnownFamilies families) {
    return new ProfileReader(tree, families).read();
  }

  /**
   * As {@link #read(Node, KnownFamilies)}, for a bake.
   *
   * @throws KilnException of kind UNSUPPORTED where the profile is right, and cannot be baked yet
   */
  static Profile readToBake(Node tree, KnownFamilies families) {
    ProfileReader reader = new ProfileReader(tree, families);
    Profile profile = reader.read();
    reader.refuseWhatCannotBeBaked(profile);
    return profile;
  }

  private void refuseWhatCannotBeBaked(Profile profile) {
    NotYet.in(profile).forEach(this::add);
    problems.refuseIfAny(KilnException.Kind.UNSUPPORTED);
  }

  private Profile read() {
    Fields fields = new Fields(tree, "a profile", problems);
    var name = fields.required("name", Decoders.text(text -> Words.name("a profile", text)));
    var description = fields.required("description", Decoders.text(Words::sentence));
    var distribution = fields.required("distribution", SectionDecoders.distribution(families));
    var architecture = fields.required("architecture", SectionDecoders.architecture(family));
    var kit = fields.optional(KIT, SectionDecoders.toolset(families), Catalog.toolset(families));
    var replaces =
        fields.optional(
            "replaces", SectionDecoders.reasons(path -> new ImagePath(path).text()), Map.of());
    Parts parts = Parts.of(fields, families, family);
    checkRules(problems.none(), parts.sections(family));
    Optional<Profile> profile =
        fields.build(
            () ->
                new Profile(
                    name.get(),
                    description.get(),
                    distribution.get(),
                    architecture.get(),
                    parts.repositories.get(),
                    parts.packages.get(),
                    kit.get(),
                    parts.pins.get(),
                    parts.builds.get(),
                    replaces.get(),
                    parts.seals.get(),
                    parts.node.get(),
                    parts.zones.get(),
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
  private void checkRules(boolean whole, Sections sections) {
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
