package dev.kiln.node.system;

import dev.kiln.node.system.NetworkStyle.Networkd;
import dev.kiln.node.template.Templates;
import freemarker.template.Template;
import java.util.ArrayList;
import java.util.List;

/** Addresses by DHCP, names by systemd-resolved, and nobody waits for ever. */
final class NetworkdFiles {
  private static final Template NETWORK = Templates.load("system/kiln.network.unit.ftl");
  private static final Template LINK = Templates.load("system/virtual.link.unit.ftl");
  private static final Template DAEMON = Templates.load("system/networkd.conf.ftl");
  private static final Template WAIT = Templates.load("system/wait-online.unit.ftl");
  private static final Template RESOLVED = Templates.load("system/resolved.conf.ftl");

  private NetworkdFiles() {}

  static List<NodeFile> of(Rendering node, Networkd style) {
    List<NodeFile> files = new ArrayList<>();
    if (node.has(style.packageName())) {
      files.addAll(networkd(node));
    }
    if (node.has(style.resolvedPackage())) {
      files.addAll(resolved(node));
    }
    return files;
  }

  private static List<NodeFile> networkd(Rendering node) {
    Facts facts = new Facts(node.systemd(), node.conventions().systemd().programs());
    Units units = node.units();
    List<NodeFile> files = new ArrayList<>();
    files.add(
        NodeFile.file("/etc/systemd/network/90-kiln.network", Templates.fill(NETWORK, facts)));
    // Before 242, systemd left the addresses of virtual devices alone by itself.
    if (node.systemd() >= 242) {
      files.add(
          NodeFile.file("/etc/systemd/network/90-kiln-virtual.link", Templates.fill(LINK, facts)));
    }
    // Before 246, networkd had no word for what others made.
    if (node.systemd() >= 246) {
      files.add(
          NodeFile.file(
              "/etc/systemd/networkd.conf.d/90-kiln.conf", Templates.fill(DAEMON, facts)));
    }
    files.add(units.dropIn("systemd-networkd-wait-online.service", Templates.fill(WAIT, facts)));
    files.add(units.enabled("systemd-networkd.service"));
    files.add(units.wantedBy("sockets.target", "systemd-networkd.socket"));
    files.add(units.wantedBy("network-online.target", "systemd-networkd-wait-online.service"));
    return files;
  }

  private static List<NodeFile> resolved(Rendering node) {
    Facts facts = new Facts(node.systemd(), node.conventions().systemd().programs());
    // 236 brought the stub's file, 251 moved the service before basic.target.
    String servers = node.systemd() >= 236 ? "stub-resolv.conf" : "resolv.conf";
    String start = node.systemd() >= 251 ? "sysinit.target" : "multi-user.target";
    return List.of(
        NodeFile.file("/etc/systemd/resolved.conf.d/90-kiln.conf", Templates.fill(RESOLVED, facts)),
        NodeFile.link("/etc/resolv.conf", "../run/systemd/resolve/" + servers),
        node.units().wantedBy(start, "systemd-resolved.service"));
  }

  /**
   * Values of the templates.
   *
   * @param systemd the version; each template says which of its lines came with which
   * @param programs the directory of systemd's programs
   */
  public record Facts(int systemd, String programs) {}
}
