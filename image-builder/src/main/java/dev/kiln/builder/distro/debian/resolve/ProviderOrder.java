package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.BinaryPackage;
import dev.kiln.builder.distro.debian.index.Relation;
import java.util.Comparator;

/** Which of several packages that answer a relation apt tries first. */
final class ProviderOrder {
  private ProviderOrder() {}

  static Comparator<BinaryPackage> of(Relation relation, Marks marks, MentionOrder mentions) {
    return Comparator.comparing((BinaryPackage one) -> !marks.of(one).settled)
        .thenComparing(one -> relation.anyArchitecture() || !one.name().equals(relation.name()))
        .thenComparing(one -> !one.essential())
        .thenComparing(one -> !one.important())
        .thenComparing(BinaryPackage::priority)
        .thenComparing(one -> -mentions.rank(one.name()));
  }
}
