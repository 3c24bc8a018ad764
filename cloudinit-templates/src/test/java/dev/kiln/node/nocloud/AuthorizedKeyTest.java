package dev.kiln.node.nocloud;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.node.facts.AuthorizedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedKeyTest {
  private static final String BLOB =
      "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

  @Test
  void takesAPublicKeyWithAndWithoutAComment() {
    assertThatCode(() -> new AuthorizedKey("ssh-ed25519 " + BLOB)).doesNotThrowAnyException();
    assertThatCode(() -> new AuthorizedKey("ssh-ed25519 " + BLOB + " ops at home"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-rsa " + BLOB,
        "ssh-ed25519 AAAA",
        "command=\"x\" ssh-ed25519 " + BLOB,
        "ssh-ed25519 " + BLOB + "\nssh-ed25519 " + BLOB,
        "-----BEGIN OPENSSH PRIVATE KEY-----"
      })
  void refusesWhatIsNotOnePublicKey(String line) {
    assertThatThrownBy(() -> new AuthorizedKey(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a public SSH key");
  }
}
