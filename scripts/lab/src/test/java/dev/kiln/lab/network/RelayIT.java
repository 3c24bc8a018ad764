package dev.kiln.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.lab.process.Child;
import dev.kiln.lab.process.JavaProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayIT {
  /** The same each time, so that what a killed test left behind is removed. */
  private final Path directory = Path.of("target", "relay-it");

  @Test
  void carriesBothWaysIntoTheNamespace() throws IOException {
    try (LabNetwork network = LabNetwork.create(Namespace.of(directory), List.of())) {
      Child inside =
          Child.start(
              network
                  .namespace()
                  .inside(JavaProgram.again(EchoServer.class, List.of(LabNetwork.SERVER, "7"))));
      // It says so when it listens.
      assertThat(inside.output().read()).isEqualTo('l');

      try (Relay relay = Relay.open(network.namespace(), LabNetwork.SERVER, 7);
          Socket visitor = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
        visitor.getOutputStream().write("there and back\n".getBytes(StandardCharsets.US_ASCII));
        visitor.shutdownOutput();

        assertThat(visitor.getInputStream().readAllBytes())
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("there and back\n");
      }
      inside.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  void hangsUpWhereNobodyListens() throws IOException {
    try (LabNetwork network = LabNetwork.create(Namespace.of(directory), List.of());
        Relay relay = Relay.open(network.namespace(), LabNetwork.SERVER, 7);
        Socket visitor = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
      assertThat(visitor.getInputStream().readAllBytes()).isEmpty();
    }
  }
}
