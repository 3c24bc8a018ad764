package dev.kiln.node.system;

import dev.kiln.file.Resource;
import dev.kiln.profile.Profile;
import java.util.List;

/** SSH by key, with host keys that each machine makes for itself. */
final class LoginFiles {
  private LoginFiles() {}

  static List<NodeFile> of(Profile profile) {
    if (!profile.packages().include().containsKey("openssh-server")) {
      return List.of();
    }
    return List.of(
        NodeFile.file(
            "/etc/ssh/sshd_config.d/10-kiln.conf", Resource.text(LoginFiles.class, "sshd.conf")),
        Units.unit("sshd-keygen.service", Resource.text(LoginFiles.class, "sshd-keygen.service")),
        Units.wantedBy("ssh.service", "sshd-keygen.service"),
        Units.enabled("ssh.service"));
  }
}
