package dev.kiln.lab.ssh;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.process.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** A session on a machine over SSH, with its host key pinned. */
public final class MachineShell implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final SshClient client;
  private final ClientSession session;

  private MachineShell(SshClient client, ClientSession session) {
    this.client = client;
    this.session = session;
  }

  /**
   * Logs in.
   *
   * @param port of the loopback interface that leads to the machine
   * @param hostKeys what the machine may present; anything else ends the session
   */
  public static MachineShell connect(int port, Login login, HostKeys hostKeys, Duration limit) {
    SshClient client = SshClient.setUpDefaultClient();
    // Nothing of the user's own ~/.ssh is read.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServerKeyVerifier((session, address, key) -> hostKeys.has(key));
    client.start();
    try {
      ClientSession session =
          client.connect(login.user(), LOOPBACK, port).verify(limit).getSession();
      session.addPublicKeyIdentity(login.key().pair());
      session.auth().verify(limit);
      return new MachineShell(client, session);
    } catch (IOException e) {
      client.stop();
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "cannot log in as " + login.user() + ": " + KilnException.reason(e),
          "Look at the machine's console with 'lab console'",
          e);
    }
  }

  /** Runs a command line of the machine's shell to its end. */
  public Output run(String command, Duration limit) {
    return run(command, new ByteArrayInputStream(new byte[0]), limit);
  }

  /** Runs a command line and returns what it printed; any exit code but 0 is a failure. */
  public String succeed(String command, Duration limit) {
    return run(command, limit).orFail(command);
  }

  /**
   * Writes a file on the machine.
   *
   * @param target an absolute path there, without characters a shell would read
   */
  public void copy(Path source, String target, Duration limit) {
    try (InputStream content = Files.newInputStream(source)) {
      String command = "cat > " + target;
      run(command, content, limit).orFail(command);
    } catch (IOException e) {
      throw KilnException.io("read " + source, e);
    }
  }

  private Output run(String command, InputStream input, Duration limit) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setIn(input);
      channel.setOut(output);
      channel.setRedirectErrorStream(true);
      channel.open().verify(limit);
      Set<ClientChannelEvent> events =
          channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit);
      String text = output.toString(StandardCharsets.UTF_8);
      Integer exit = channel.getExitStatus();
      if (events.contains(ClientChannelEvent.TIMEOUT) || exit == null) {
        throw KilnException.dependency(
            "'" + command + "' did not end within " + limit.toSeconds() + " s; it printed: " + text,
            "Look at the machine's console with 'lab console'");
      }
      return new Output(exit, text);
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.DEPENDENCY,
          "the session broke while '" + command + "' ran: " + KilnException.reason(e),
          "Look at the machine's console with 'lab console'",
          e);
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
