package dev.kiln.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineShellIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private final SshServer machine = SshServer.setUpDefaultServer();
  private final KeyPair hostKey = newKey();
  private final Login login;

  MachineShellIT(@TempDir Path keys) throws Exception {
    login = new Login("root", LabKey.create(keys.resolve("id_ecdsa")));
  }

  @BeforeEach
  void startMachine() throws IOException {
    machine.setHost("127.0.0.1");
    machine.setPort(0);
    machine.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    machine.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals("root") && KeyUtils.compareKeys(key, login.key().pair().getPublic()));
    machine.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    machine.start();
  }

  @AfterEach
  void stopMachine() throws IOException {
    machine.stop();
  }

  @Test
  void runsACommandAndReturnsWhatItPrinted() {
    try (MachineShell shell = connect(hostKey)) {
      assertThat(shell.succeed("echo words", LIMIT)).isEqualTo("words");
      assertThat(shell.run("false", LIMIT).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void saysWhatACommandPrintedThatFailed() {
    try (MachineShell shell = connect(hostKey)) {
      assertThatThrownBy(() -> shell.succeed("ls /no-such-place", LIMIT))
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("ls /no-such-place")
          .hasMessageContaining("No such file");
    }
  }

  @Test
  void copiesAFile() throws IOException {
    Path source = Files.write(directory.resolve("source"), new byte[200_000]);
    Path target = directory.resolve("target");

    try (MachineShell shell = connect(hostKey)) {
      shell.copy(source, target.toString(), LIMIT);
    }

    assertThat(target).hasSameBinaryContentAs(source);
  }

  @Test
  void refusesAMachineWithAnotherHostKeyThanItsConsoleShowed() throws Exception {
    KeyPair another = newKey();

    assertThatThrownBy(() -> connect(another))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot log in as root");
  }

  @Test
  void theKeyOfALabIsItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(login.key().file())))
        .isEqualTo("rw-------");
    assertThat(login.key().publicLine()).startsWith("ecdsa-sha2-nistp256 ");
    assertThat(login.toString()).doesNotContain("PRIVATE");
  }

  private MachineShell connect(KeyPair expected) {
    HostKeys keys = HostKeys.of(List.of(PublicKeyEntry.toString(expected.getPublic())));
    return MachineShell.connect(machine.getPort(), login, keys, LIMIT);
  }

  private static KeyPair newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
