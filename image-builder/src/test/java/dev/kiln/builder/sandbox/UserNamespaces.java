package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What attempts to get out by a user namespace need of this machine, to prove anything. */
final class UserNamespaces {
  private UserNamespaces() {}

  static void require() throws IOException, InterruptedException {
    Process unshare = new ProcessBuilder("unshare", "-U", "-r", "true").inheritIO().start();
    assertThat(unshare.waitFor())
        .as("user namespaces are off: 'sysctl -w user.max_user_namespaces=10000' allows them")
        .isZero();
  }
}
