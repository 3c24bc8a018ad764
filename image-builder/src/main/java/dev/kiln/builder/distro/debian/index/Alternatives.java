package dev.kiln.builder.distro.debian.index;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Relations of which one is enough, written with {@code |} between them (Debian Policy 7.1).
 *
 * @param relations at least one, the preferred first
 */
public record Alternatives(List<Relation> relations) {
  public Alternatives {
    relations = List.copyOf(relations);
    if (relations.isEmpty()) {
      throw new IllegalArgumentException("a relation names at least one package");
    }
  }

  /** Whether this package answers one of the relations. */
  public boolean acceptAny(BinaryPackage candidate) {
    return relations.stream().anyMatch(relation -> relation.accepts(candidate));
  }

  @Override
  public String toString() {
    return relations.stream().map(Relation::toString).collect(Collectors.joining(" | "));
  }
}
