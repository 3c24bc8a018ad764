package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Qualifier;
import dev.kiln.builder.distro.debian.index.Relation;
import java.util.Comparator;

/** Which of several packages that answer a relation apt tries first. */
final class ProviderOrder {
  private ProviderOrder() {}

  static Comparator<BinaryPackage> of(Relation relation, Marks marks, MentionOrder mentions) {
    return Comparator.comparing((BinaryPackage one) -> !marks.of(one).settled)
        .thenComparing(one -> !isNamed(relation, one))
        .thenComparing(one -> !one.essential())
        .thenComparing(one -> !one.important())
        .thenComparing(BinaryPackage::priority)
        .thenComparing(one -> -mentions.rank(one.name()));
  }

  /** To apt 'python3:any' is a name that no package has, only one that packages provide. */
  private static boolean isNamed(Relation relation, BinaryPackage one) {
    return relation.qualifier().kind() == Qualifier.Kind.NONE && one.name().equals(relation.name());
  }
}
