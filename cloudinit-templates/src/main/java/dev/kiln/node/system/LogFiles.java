package dev.kiln.node.system;

import dev.kiln.file.Resource;
import java.util.List;

/** How much of the system's own log is kept. */
final class LogFiles {
  private LogFiles() {}

  static List<NodeFile> of(Rendering node) {
    return node.has(node.conventions().systemd().packageName())
        ? List.of(
            NodeFile.file(
                "/etc/systemd/journald.conf.d/90-kiln.conf",
                Resource.text(LogFiles.class, "journald.conf")))
        : List.of();
  }
}
