package dev.kiln.node.nocloud;

import dev.kiln.document.Node;
import dev.kiln.document.Node.Entry;
import dev.kiln.document.Node.Mapping;
import dev.kiln.document.Node.Scalar;
import dev.kiln.document.Node.Sequence;
import dev.kiln.document.Problems;
import dev.kiln.failure.Position;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what must not be served to whoever asks: the keys under which cloud-init takes passwords
 * and private keys, and texts that hold a private key. It is a net for mistakes, not a proof.
 */
final class Secrets {
  private static final Set<String> KEYS =
      Set.of(
          "password",
          "chpasswd",
          "passwd",
          "hashed_passwd",
          "plain_text_passwd",
          "ssh_keys",
          "consumer_secret",
          "token_secret",
          "privatekey",
          "private_key",
          "activation-key",
          "auth_key");

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");

  private Secrets() {}

  static void refuse(Node node, Problems problems) {
    if (node instanceof Mapping mapping) {
      for (Map.Entry<String, Entry> each : mapping.entries().entrySet()) {
        if (KEYS.contains(each.getKey())) {
          refuse(each.getValue().position(), "'" + each.getKey() + "' holds a secret", problems);
        } else {
          refuse(each.getValue().value(), problems);
        }
      }
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(item -> refuse(item, problems));
    } else if (PRIVATE_KEY.matcher(((Scalar) node).text()).find()) {
      refuse(node.position(), "this text is a private key", problems);
    }
  }

  private static void refuse(Position where, String what, Problems problems) {
    problems.add(
        where,
        what + ", and user-data is served to whoever asks for it",
        "Leave it out: use SSH keys for logins, and fetch secrets after the machine has enrolled");
  }
}
