package dev.kiln.node.system;

import dev.kiln.file.Resource;
import java.util.List;

/** What cloud-init does on a machine, and what it leaves alone. */
final class CloudInitFiles {
  private CloudInitFiles() {}

  static List<NodeFile> of(Rendering node) {
    return node.has(node.conventions().cloudInitPackage())
        ? List.of(
            NodeFile.file(
                "/etc/cloud/cloud.cfg.d/90-kiln.cfg",
                Resource.text(CloudInitFiles.class, "cloud-init.cfg")))
        : List.of();
  }
}
