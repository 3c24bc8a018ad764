package dev.kiln.node.system;

import dev.kiln.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/** What a distribution does by the clock to itself, and an image must not. */
final class Housekeeping {
  private Housekeeping() {}

  static List<NodeFile> of(Profile profile) {
    if (!profile.packages().include().containsKey("systemd-sysv")) {
      return List.of();
    }
    return Stream.of(
            // Packages are what was baked.
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "dpkg-db-backup.timer",
            // There is no LVM to take snapshots for checks with.
            "e2scrub_all.timer",
            "e2scrub_reap.service",
            // Asks questions on the console, where nobody sits.
            "systemd-firstboot.service")
        .map(Units::masked)
        .toList();
  }
}
