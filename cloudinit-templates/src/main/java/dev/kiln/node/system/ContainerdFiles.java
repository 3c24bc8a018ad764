package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.node.template.Templates;
import dev.kiln.profile.CgroupDriver;
import dev.kiln.profile.Containerd;
import freemarker.template.Template;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** containerd's configuration of the right version, its unit, and the zone's registry mirrors. */
final class ContainerdFiles {
  private static final String WHY = "the profile says how containerd is run";
  private static final Template VERSION_2 = Templates.load("system/containerd-2.toml.ftl");
  private static final Template VERSION_3 = Templates.load("system/containerd-3.toml.ftl");
  private static final Template UNIT = Templates.load("system/containerd.service.unit.ftl");
  private static final Template HOSTS = Templates.load("system/hosts.toml.ftl");

  private ContainerdFiles() {}

  static List<NodeFile> of(Rendering node) {
    Optional<Containerd> containerd = node.profile().node().containerd();
    if (containerd.isEmpty()) {
      return List.of();
    }
    List<NodeFile> files = new ArrayList<>();
    files.add(configuration(containerd.get(), node.profile().node().cgroupDriver()));
    files.add(
        NodeFile.file("/etc/crictl.yaml", Resource.text(ContainerdFiles.class, "crictl.yaml"))
            .replacing(WHY));
    files.add(
        NodeFile.file(
            "/etc/tmpfiles.d/kiln.conf", Resource.text(ContainerdFiles.class, "tmpfiles.conf")));
    files.add(node.units().enabled("containerd.service"));
    if (node.profile().adds("containerd")) {
      files.add(
          node.units().unit("containerd.service", Templates.fill(UNIT, new Unit(node.systemd()))));
    }
    // Network add-ons put their own plugins into /opt/cni/bin, next to the distribution's.
    node.conventions()
        .cni()
        .filter(cni -> node.has(cni.packageName()))
        .ifPresent(cni -> files.add(NodeFile.link("/opt/cni/bin", cni.directory().text())));
    node.zone().registries().forEach((registry, mirrors) -> files.add(hosts(registry, mirrors)));
    return files;
  }

  private static NodeFile configuration(Containerd containerd, CgroupDriver driver) {
    Config config =
        new Config(
            driver.toString(),
            driver == CgroupDriver.SYSTEMD,
            containerd.major() == 2 && containerd.minor() >= 1,
            containerd.sandboxImage().orElse(null));
    return NodeFile.file(
            "/etc/containerd/config.toml",
            Templates.fill(containerd.configVersion() == 2 ? VERSION_2 : VERSION_3, config))
        .replacing(WHY);
  }

  private static NodeFile hosts(String registry, List<URI> mirrors) {
    // Docker Hub's registry has another name than its images.
    String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    Hosts hosts = new Hosts(registry, "https://" + host, mirrors.stream().map(Mirror::of).toList());
    return NodeFile.file(
        "/etc/containerd/certs.d/" + registry + "/hosts.toml", Templates.fill(HOSTS, hosts));
  }

  /**
   * Values of the templates.
   *
   * @param listsPluginDirectories whether the CNI plugins' directories are a list, as from 2.1
   */
  public record Config(
      String driver,
      boolean systemd,
      boolean listsPluginDirectories,
      @Nullable String sandboxImage) {}

  /**
   * Values of the template.
   *
   * @param systemd its version
   */
  public record Unit(int systemd) {}

  /** Values of the template. */
  public record Hosts(String registry, String server, List<Mirror> mirrors) {}

  /**
   * One mirror.
   *
   * @param hasPath whether its API is below this very path, not below /v2
   */
  public record Mirror(String address, boolean hasPath) {
    static Mirror of(URI mirror) {
      return new Mirror(mirror.toString(), !mirror.getPath().replace("/", "").isEmpty());
    }
  }
}
