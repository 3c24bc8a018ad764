package dev.kiln.builder.cli;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.distro.debian.DebianFamily;
import java.util.List;

/** The one place that knows which families of distributions there are. */
final class Distributions {
  private Distributions() {}

  static Families known() {
    return new Families(List.of(new DebianFamily()));
  }
}
