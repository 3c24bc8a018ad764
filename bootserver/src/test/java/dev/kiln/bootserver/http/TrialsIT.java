package dev.kiln.bootserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.app.RunningServer;
import dev.kiln.bootserver.app.ServerFixture;
import dev.kiln.bootserver.net.SharedInputs;
import dev.kiln.bootserver.net.TestProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that once took something away from a machine, as they were made. */
class TrialsIT {
  private static final String CARD = "52-54-00-aa-34-57";
  private static final String UUID = "4c4c4544-0051-3610-8052-b4c04f4a3332";

  /** A machine known by its UUID alone, while ten thousand cards are made up. */
  @Test
  void keepsTheSeedOfAMachineWhateverCardsAreMadeUp(@TempDir Path root) throws Exception {
    Path trial = SharedInputs.files("trials/bootserver/seed-lost", "t_wipe.py").get(0);
    ServerFixture fixture = ServerFixture.in(root);
    fixture.machine("node-2", "uuid: " + UUID + "\n");
    String script =
        Files.readString(trial)
            .replace("'./'", "'" + trial.getParent() + "'")
            .replace("H(src='10.91.0.2')", "H(('127.0.0.1'," + fixture.uri("").getPort() + "))")
            .replace("/nocloud/52-54-00-12-34-56/", fixture.seed("node-1", ServerFixture.MAC))
            .replace("/nocloud/" + CARD + "/", fixture.seed("node-2", CARD));

    try (RunningServer server = fixture.start()) {
      String said = TestProcess.run("/usr/bin/python3", "-B", "-c", script);

      assertThat(said).contains("node-2 card after: (200, ");
    }
  }
}
