package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Addresses by DHCP, names by systemd-resolved, and nobody waits for ever. */
final class NetworkFiles {
  private NetworkFiles() {}

  static List<NodeFile> of(Profile profile) {
    Set<String> packages = profile.packages().include().keySet();
    List<NodeFile> files = new ArrayList<>();
    files.add(NodeFile.file("/etc/hostname", Resource.text(NetworkFiles.class, "hostname")));
    if (packages.contains("systemd-sysv")) {
      files.addAll(networkd());
    }
    if (packages.contains("systemd-resolved")) {
      files.addAll(resolved());
    }
    if (packages.contains("nfs-common")) {
      files.add(Units.dropIn("rpcbind.socket", Resource.text(NetworkFiles.class, "rpcbind.conf")));
    }
    return files;
  }

  private static List<NodeFile> networkd() {
    return List.of(
        NodeFile.file(
            "/etc/systemd/network/90-kiln.network",
            Resource.text(NetworkFiles.class, "kiln.network")),
        NodeFile.file(
            "/etc/systemd/network/90-kiln-virtual.link",
            Resource.text(NetworkFiles.class, "virtual.link")),
        NodeFile.file(
            "/etc/systemd/networkd.conf.d/90-kiln.conf",
            Resource.text(NetworkFiles.class, "networkd.conf")),
        Units.dropIn(
            "systemd-networkd-wait-online.service",
            Resource.text(NetworkFiles.class, "wait-online.conf")),
        Units.enabled("systemd-networkd.service"),
        Units.wantedBy("sockets.target", "systemd-networkd.socket"),
        Units.wantedBy("network-online.target", "systemd-networkd-wait-online.service"));
  }

  private static List<NodeFile> resolved() {
    return List.of(
        NodeFile.file(
            "/etc/systemd/resolved.conf.d/90-kiln.conf",
            Resource.text(NetworkFiles.class, "resolved.conf")),
        NodeFile.link("/etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf"),
        Units.wantedBy("sysinit.target", "systemd-resolved.service"));
  }
}
