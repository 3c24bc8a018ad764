package dev.kiln.node.system;

import dev.kiln.node.system.Conventions.Systemd;
import java.util.List;

/** What a distribution does by the clock to itself, and an image must not. */
final class Housekeeping {
  private Housekeeping() {}

  static List<NodeFile> of(Rendering node) {
    Systemd systemd = node.conventions().systemd();
    return node.has(systemd.packageName())
        ? systemd.masked().stream().map(node.units()::masked).toList()
        : List.of();
  }
}
