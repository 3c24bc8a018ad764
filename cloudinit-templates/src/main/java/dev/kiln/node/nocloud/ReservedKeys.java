package dev.kiln.node.nocloud;

import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Problems;
import java.util.Map;

/** Keys of cloud-config that Kiln writes by itself, and where the user says what stands in them. */
final class ReservedKeys {
  private static final Map<String, String> MEND =
      Map.of(
          "hostname", "Set the group's 'hostname'",
          "fqdn", "Set the group's 'hostname' and the network's 'domain'",
          "ssh_authorized_keys", "Set the group's 'sshAuthorizedKeys'",
          "reporting", "Leave it out: the boot server's timeline needs its own reporter");

  private ReservedKeys() {}

  static void refuse(Mapping cloudConfig, Problems problems) {
    cloudConfig
        .entries()
        .forEach(
            (key, entry) -> {
              String mend = MEND.get(key);
              if (mend != null) {
                problems.add(entry.position(), "'" + key + "' is written by Kiln itself", mend);
              }
            });
  }
}
