package dev.kiln.builder.distro.debian.index;

import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads relationship fields (Debian Policy 7.1): {@code a (>= 1), b:any | c [amd64] <!nocheck>}.
 *
 * <p>Every reading fails with {@link IllegalArgumentException} and a sentence that says which
 * relation is wrong.
 */
public final class RelationParser {
  private static final Pattern RELATION =
      Pattern.compile(
          "\\s*(?<name>[A-Za-z0-9][A-Za-z0-9+._-]*)(?::(?<qualifier>[A-Za-z0-9-]+))?"
              + "\\s*(?:\\(\\s*(?<operator>[<>=]{1,2}+)\\s*(?<version>[^\\s()]+)\\s*\\))?"
              + "\\s*(?:\\[(?<architectures>[^\\]]*)\\])?"
              + "\\s*(?<profiles>(?:<[^<>]*>\\s*)*)");

  private final String architecture;

  /**
   * Reads for one architecture: relations restricted to others are left out.
   *
   * @param architecture Debian's name of it, such as {@code amd64}
   */
  public RelationParser(String architecture) {
    this.architecture = architecture;
  }

  /** The groups of a field; all of them must be met. */
  public List<Alternatives> parse(String field) {
    List<Alternatives> groups = new ArrayList<>();
    for (String group : field.split(",", -1)) {
      // Real indexes hold a comma after the last relation.
      if (!group.isBlank()) {
        List<Relation> relations = alternatives(group);
        if (!relations.isEmpty()) {
          groups.add(new Alternatives(relations));
        }
      }
    }
    return List.copyOf(groups);
  }

  /** A Provides field. */
  public List<Provision> parseProvides(String field) {
    return parse(field).stream()
        .flatMap(group -> group.relations().stream())
        .map(relation -> new Provision(relation.name(), relation.qualifier(), exactly(relation)))
        .toList();
  }

  private static Optional<DebianVersion> exactly(Relation relation) {
    return relation
        .version()
        .map(
            constraint -> {
              if (constraint.operator() != VersionConstraint.Operator.EQUAL) {
                throw new IllegalArgumentException(
                    "only '=' may stand in Provides, not '" + relation + "'");
              }
              return constraint.than();
            });
  }

  private List<Relation> alternatives(String group) {
    List<Relation> relations = new ArrayList<>();
    for (String text : group.split("\\|", -1)) {
      Matcher match = RELATION.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException("'" + Shown.of(text.strip()) + "' is no relation");
      }
      if (isForThisArchitecture(match.group("architectures"))) {
        relations.add(relation(match));
      }
    }
    return relations;
  }

  private Relation relation(Matcher match) {
    Optional<VersionConstraint> version =
        Optional.ofNullable(match.group("operator"))
            .map(
                operator ->
                    new VersionConstraint(
                        VersionConstraint.Operator.parse(operator),
                        new DebianVersion(match.group("version"))));
    Qualifier qualifier =
        Optional.ofNullable(match.group("qualifier"))
            .map(text -> Qualifier.of(text, architecture))
            .orElse(Qualifier.NONE);
    return new Relation(match.group("name"), qualifier, version);
  }

  /** {@code [amd64 arm64]} names those it is for, {@code [!amd64]} those it is not for. */
  private boolean isForThisArchitecture(@org.jspecify.annotations.Nullable String restriction) {
    if (restriction == null) {
      return true;
    }
    List<String> names = Arrays.asList(restriction.strip().split("\\s+"));
    boolean negative = names.get(0).startsWith("!");
    boolean named =
        names.stream()
            .map(name -> negative ? name.substring(Math.min(1, name.length())) : name)
            .anyMatch(this::meansThisArchitecture);
    return named != negative;
  }

  /** Debian Policy 11.1.1: an image's kernel is Linux, whatever its processor. */
  private boolean meansThisArchitecture(String name) {
    return name.equals(architecture)
        || name.equals("any")
        || name.equals("linux-any")
        || name.equals("any-" + architecture);
  }
}
