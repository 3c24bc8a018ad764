package dev.kiln.node.nocloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConfigTest {
  @Test
  void namesEveryProblemWithItsLine() {
    assertThatThrownBy(
            () ->
                decode(
                    """
                    hostname: a
                    users:
                      - name: ops
                        passwd: $6$x
                    write_files:
                      - path: /etc/x
                        permissions: 0644
                    """))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("group.yaml:1: 'hostname' is written by Kiln itself.")
        .hasMessageContaining("group.yaml:4: 'passwd' holds a secret")
        .hasMessageContaining("group.yaml:7: YAML versions do not agree on what 0644 is.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chpasswd: {expire: false}",
        "password: x",
        "ssh_keys: {ed25519_private: x}",
        "write_files: [{content: \"-----BEGIN OPENSSH PRIVATE KEY-----\"}]",
        "a: {b: [{c: {hashed_passwd: x}}]}"
      })
  void refusesASecretAtAnyDepth(String yaml) {
    assertThatThrownBy(() -> decode(yaml)).hasMessageContaining("served to whoever asks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 0x1f", "a: 010", "a: 1_000", "a: 1e5", "a: .5", "a: yes", "a: Off"})
  void refusesScalarsThatYamlVersionsReadDifferently(String yaml) {
    assertThatThrownBy(() -> decode(yaml)).hasMessageContaining("do not agree");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \"\\u0007\"", "a: \"\\u0085\"", "a: \"\\u2028\"", "a: \"\\ufeff\""})
  void refusesTextThatCloudInitCannotRead(String yaml) {
    assertThatThrownBy(() -> decode(yaml)).hasMessageContaining("cannot read");
  }

  @Test
  void takesOrdinaryCloudConfig() {
    CloudConfig config = decode("{packages: [vim], runcmd: [[sh, -c, 'echo é']], swap: {size: 0}}");

    assertThat(config.values()).containsOnlyKeys("packages", "runcmd", "swap");
  }

  private static CloudConfig decode(String yaml) {
    Problems problems = new Problems();
    var config =
        CloudConfig.decoder()
            .decode(YamlReader.read("group.yaml", yaml.getBytes(StandardCharsets.UTF_8)), problems);
    problems.refuseIfAny();
    return config.orElseThrow();
  }
}
