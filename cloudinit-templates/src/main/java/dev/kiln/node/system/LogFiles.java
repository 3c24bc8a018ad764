package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.profile.Profile;
import java.util.List;

/** How much of the system's own log is kept. */
final class LogFiles {
  private LogFiles() {}

  static List<NodeFile> of(Profile profile) {
    return profile.packages().include().containsKey("systemd-sysv")
        ? List.of(
            NodeFile.file(
                "/etc/systemd/journald.conf.d/90-kiln.conf",
                Resource.text(LogFiles.class, "journald.conf")))
        : List.of();
  }
}
