package dev.kiln.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.family.PlainRules;
import dev.kiln.node.system.DebianRoot.Outcome;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files as the real tools judge them, on the real packages they are made for. */
class NodeFilesIT {
  /** Kept until the next run, so that one can look at what a tool refused. */
  private static final Path DIRECTORY = Path.of("target", "node-files-it").toAbsolutePath();

  private static DebianRoot root = new DebianRoot(Path.of("/nonexistent"));

  @BeforeAll
  static void unpack() throws IOException {
    DebianRoot.run(Path.of("."), Map.of(), "rm", "-rf", DIRECTORY.toString());
    root =
        DebianRoot.of(
            Files.createDirectories(DIRECTORY),
            "systemd",
            "systemd-resolved",
            "containerd",
            "openssh-server",
            "chrony",
            "rpcbind",
            "cloud-init");
    for (String program : List.of("/usr/bin/kubelet", "/usr/bin/ssh-keygen", "/usr/bin/rm")) {
      root.putProgram(program);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian12", "debian12-source"})
  void systemdFindsNothingWrongWithTheUnits(String profile) throws IOException {
    root.put(render(profile));

    assertThat(
            verify(
                "kubelet.service",
                "containerd.service",
                "sshd-keygen.service",
                "ssh.service",
                "chrony.service",
                "systemd-networkd-wait-online.service",
                "rpcbind.socket"))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void systemdFindsNothingWrongWithAUnitThatMakesAgainWhatWasSealed(@TempDir Path directory)
      throws IOException {
    root.put(
        NodeFiles.render(
            Samples.extended(
                directory, "seal: {/etc/host.key: {again: [/usr/bin/ssh-keygen, -A, -f, /x]}}"),
            PlainRules.CATALOG.find("debian12").zone(ZoneName.DEFAULT),
            SampleConventions.debian12()));

    assertThat(verify("kiln-again-1.service")).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void systemdWouldFindAUnitThatIsWrong() throws IOException {
    root.put(
        List.of(
            NodeFile.file(
                "/usr/lib/systemd/system/wrong.service",
                "[Service]\nExecStart=kubelet\nConditionPath=/etc\n")));

    assertThat(verify("wrong.service").output()).contains("wrong.service");
  }

  @Test
  void containerdTakesItsConfigurationAndTheControlGroupDriver() throws IOException {
    root.put(render("debian12-source"));

    Outcome dump =
        DebianRoot.run(
            DIRECTORY,
            Map.of(),
            root.path().resolve("usr/bin/containerd").toString(),
            "--config",
            root.path().resolve("etc/containerd/config.toml").toString(),
            "config",
            "dump");

    assertThat(dump.status()).isEqualTo(0);
    assertThat(dump.output())
        .contains("SystemdCgroup = true")
        .contains("config_path = \"/etc/containerd/certs.d\"")
        .contains("bin_dir = \"/opt/cni/bin\"")
        .contains("path = \"/var/lib/containerd/opt\"");
  }

  @Test
  void cloudInitsShellScriptFindsTheListOfDataSources() throws IOException {
    root.put(render("debian12"));
    Path cmdline = DIRECTORY.resolve("cmdline");
    Files.writeString(cmdline, "console=ttyS0 ds=nocloud-net;s=http://192.0.2.1/\n");

    DebianRoot.run(
        DIRECTORY,
        Map.of("PATH_ROOT", root.path().toString(), "PATH_PROC_CMDLINE", cmdline.toString()),
        "sh",
        root.path().resolve("usr/lib/cloud-init/ds-identify").toString(),
        "--force");

    assertThat(root.path().resolve("run/cloud-init/cloud.cfg"))
        .content()
        .isEqualTo("datasource_list: [ NoCloud, None ]\n");
  }

  private static List<NodeFile> render(String name) {
    Profile profile = PlainRules.CATALOG.find(name);
    return NodeFiles.render(
        profile, profile.zone(new ZoneName("cn")), SampleConventions.debian12());
  }

  private static Outcome verify(String... units) throws IOException {
    String[] command = new String[units.length + 4];
    command[0] = "systemd-analyze";
    command[1] = "verify";
    command[2] = "--man=no";
    command[3] = "--root=" + root.path();
    System.arraycopy(units, 0, command, 4, units.length);
    return DebianRoot.run(DIRECTORY, Map.of(), command);
  }
}
