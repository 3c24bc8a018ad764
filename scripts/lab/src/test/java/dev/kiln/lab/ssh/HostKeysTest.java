package dev.kiln.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;

class HostKeysTest {
  @Test
  void areTakenFromBetweenWhateverElseTheConsoleShows() throws Exception {
    KeyPair host = newKey();
    String line = PublicKeyEntry.toString(host.getPublic());

    HostKeys keys =
        HostKeys.of(
            List.of(
                "[   31.2] kernel: something",
                "ci-info: no authorized SSH keys fingerprints found for user debian.",
                "-----BEGIN SSH HOST KEY KEYS-----",
                line + " root@node1",
                "-----END SSH HOST KEY KEYS-----"));

    assertThat(keys.lines()).containsExactly(line);
    assertThat(keys.has(host.getPublic())).isTrue();
    assertThat(keys.has(newKey().getPublic())).isFalse();
  }

  @Test
  void leaveOutAKeyThatAnotherMessageRanInto() throws Exception {
    String line = PublicKeyEntry.toString(newKey().getPublic());
    String broken = line.substring(0, 60) + "[   33.1] br0: port 1 entered" + line.substring(60);

    assertThat(HostKeys.of(List.of(broken, line)).lines()).containsExactly(line);
  }

  @Test
  void becomeLinesOfAKnownHostsFile() throws Exception {
    String line = PublicKeyEntry.toString(newKey().getPublic());

    assertThat(HostKeys.of(List.of(line)).knownHosts("10.77.0.101"))
        .isEqualTo("10.77.0.101 " + line + "\n");
  }

  private static KeyPair newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
