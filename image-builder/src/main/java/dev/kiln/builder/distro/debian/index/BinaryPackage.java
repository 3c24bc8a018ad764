package dev.kiln.builder.distro.debian.index;

import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One binary package as its repository's index describes it (Debian Policy 5.3, 7).
 *
 * @param important a machine cannot do without it, though some systems can (Policy 3.8)
 * @param preDepends met before the package is unpacked
 * @param path below the repository's root
 * @param size bytes
 * @param relations the fields that decide what it goes together with, as the index writes them
 */
public record BinaryPackage(
    String name,
    DebianVersion version,
    String architecture,
    boolean essential,
    boolean important,
    Priority priority,
    MultiArch multiArch,
    List<Alternatives> preDepends,
    List<Alternatives> depends,
    List<Alternatives> recommends,
    List<Alternatives> suggests,
    List<Alternatives> conflicts,
    List<Alternatives> breaks,
    List<Provision> provides,
    String path,
    long size,
    Digest digest,
    PackageOrigin origin,
    Map<String, String> relations) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+._-]{0,127}");

  /** Debian Policy 2.5, the most important first. */
  public enum Priority {
    REQUIRED,
    IMPORTANT,
    STANDARD,
    OPTIONAL,
    EXTRA;

    static Priority parse(String word) {
      for (Priority priority : values()) {
        if (priority.name().equalsIgnoreCase(word)) {
          return priority;
        }
      }
      return EXTRA;
    }
  }

  /** Whether a package of another architecture may stand in for this one. */
  public enum MultiArch {
    NO,
    SAME,
    FOREIGN,
    ALLOWED;

    static MultiArch parse(String word) {
      for (MultiArch value : values()) {
        if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
          return value;
        }
      }
      return NO;
    }
  }

  /**
   * Reads a paragraph of a Packages index.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static BinaryPackage of(
      ControlParagraph paragraph, PackageOrigin origin, RelationParser parser) {
    return new BinaryPackage(
        name(paragraph.require("Package")),
        new DebianVersion(paragraph.require("Version")),
        paragraph.require("Architecture"),
        paragraph.isYes("Essential"),
        paragraph.isYes("Important") || paragraph.isYes("Protected"),
        Priority.parse(paragraph.field("Priority").orElse("")),
        MultiArch.parse(paragraph.field("Multi-Arch").orElse("")),
        relations(paragraph, parser, "Pre-Depends"),
        relations(paragraph, parser, "Depends"),
        relations(paragraph, parser, "Recommends"),
        relations(paragraph, parser, "Suggests"),
        relations(paragraph, parser, "Conflicts"),
        relations(paragraph, parser, "Breaks"),
        parser.parseProvides(paragraph.field("Provides").orElse("")),
        IndexedFile.path(paragraph.require("Filename"), paragraph.require("Package")),
        IndexedFile.size(paragraph.require("Size")),
        digest(paragraph),
        origin,
        RelationFields.in(paragraph::field));
  }

  /** What a package may be called, and dpkg's database with it; LockedPackage asks for the same. */
  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + Shown.of(text) + "' is no name of a package");
    }
    return text;
  }

  private static Digest digest(ControlParagraph paragraph) {
    return Digest.parse(
        paragraph
            .field("SHA256")
            .orElseThrow(
                () ->
                    new IllegalArgumentException("it has no SHA256, and no weaker digest counts")));
  }

  /** What must be there, in the order in which apt looks at it. */
  public Stream<Alternatives> needs() {
    return Stream.concat(preDepends.stream(), depends.stream());
  }

  /** What must not be there. */
  public Stream<Alternatives> adversaries() {
    return Stream.concat(conflicts.stream(), breaks.stream());
  }

  /** Whether the two cannot be there together, whoever of them says so. */
  public boolean conflictsWith(BinaryPackage other) {
    return excludes(other) || other.excludes(this);
  }

  /** A package may provide what it conflicts with: then it means all others (Policy 7.6.2). */
  private boolean excludes(BinaryPackage other) {
    return !other.name.equals(name) && adversaries().anyMatch(group -> group.acceptAny(other));
  }

  private static List<Alternatives> relations(
      ControlParagraph paragraph, RelationParser parser, String field) {
    return parser.parse(paragraph.field(field).orElse(""));
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
