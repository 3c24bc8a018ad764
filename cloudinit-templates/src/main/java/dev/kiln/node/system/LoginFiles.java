package dev.kiln.node.system;

import dev.kiln.node.system.Conventions.Ssh;
import dev.kiln.node.template.Templates;
import freemarker.template.Template;
import java.util.List;

/** SSH by key, with host keys that each machine makes for itself. */
final class LoginFiles {
  private static final Template SETTINGS = Templates.load("system/sshd.conf.ftl");
  private static final Template KEYGEN = Templates.load("system/sshd-keygen.service.unit.ftl");

  private LoginFiles() {}

  static List<NodeFile> of(Rendering node) {
    Ssh ssh = node.conventions().ssh();
    if (!node.has(ssh.packageName())) {
      return List.of();
    }
    Units units = node.units();
    return List.of(
        NodeFile.file(ssh.settings().text(), Templates.fill(SETTINGS, new Settings(ssh.more())))
            .replacing("some distributions' servers read no other file"),
        units.unit("sshd-keygen.service", Templates.fill(KEYGEN, new Keygen(ssh.unit()))),
        units.wantedBy(ssh.unit(), "sshd-keygen.service"),
        units.enabled(ssh.unit()));
  }

  /** Values of the template. */
  public record Settings(List<String> more) {}

  /** Values of the template. */
  public record Keygen(String server) {}
}
