package dev.kiln.node.system;

import dev.kiln.node.template.Templates;
import dev.kiln.profile.NodeSettings;
import dev.kiln.profile.Sysctl;
import freemarker.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kernel modules, kernel settings, and no swap. */
final class KernelSettings {
  private static final Template MODULES = Templates.load("system/modules.conf.ftl");
  private static final Template SYSCTLS = Templates.load("system/sysctl.conf.ftl");

  private KernelSettings() {}

  static List<NodeFile> of(Rendering node) {
    NodeSettings settings = node.profile().node();
    List<NodeFile> files = new ArrayList<>();
    if (!settings.modules().isEmpty()) {
      files.add(
          NodeFile.file(
              "/etc/modules-load.d/kiln.conf",
              Templates.fill(MODULES, new Modules(settings.modules()))));
    }
    if (!settings.sysctls().isEmpty()) {
      files.add(
          NodeFile.file(
              "/etc/sysctl.d/90-kiln.conf",
              Templates.fill(SYSCTLS, new Sysctls(settings.sysctls()))));
    }
    // The kubelet does not start with swap, and a disk's old swap partition would be found.
    files.add(node.units().masked("swap.target"));
    return files;
  }

  /** Values of the template. */
  public record Modules(Map<String, String> modules) {}

  /** Values of the template. */
  public record Sysctls(Map<String, Sysctl> sysctls) {}
}
