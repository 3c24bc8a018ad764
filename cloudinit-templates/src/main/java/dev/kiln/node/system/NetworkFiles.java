package dev.kiln.node.system;

import dev.kiln.file.Resource;
import java.util.ArrayList;
import java.util.List;

/** The machine's name, its network in the distribution's style, and rpcbind kept to itself. */
final class NetworkFiles {
  private NetworkFiles() {}

  static List<NodeFile> of(Rendering node) {
    List<NodeFile> files = new ArrayList<>();
    files.add(NodeFile.file("/etc/hostname", Resource.text(NetworkFiles.class, "hostname")));
    if (node.conventions().network() instanceof NetworkStyle.Networkd networkd) {
      files.addAll(NetworkdFiles.of(node, networkd));
    }
    if (node.has(node.conventions().nfsPackage())) {
      files.add(
          node.units().dropIn("rpcbind.socket", Resource.text(NetworkFiles.class, "rpcbind.conf")));
    }
    return files;
  }
}
