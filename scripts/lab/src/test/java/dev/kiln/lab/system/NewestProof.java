package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.distro.debian.DebianFamily;
import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabPlan;
import dev.kiln.lab.lifecycle.Progress;
import dev.kiln.lab.lifecycle.RunningLab;
import dev.kiln.lab.lifecycle.StartLab;
import dev.kiln.lab.machine.Firmware;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.machine.VirtualMachine;
import dev.kiln.lab.oci.OciImage;
import dev.kiln.lab.server.BootGroup;
import dev.kiln.lab.ssh.MachineShell;
import dev.kiln.profile.Build;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.KnownFamilies;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine whose containerd and Kubernetes are the newest, and were compiled of Go modules. That
 * takes long where none of it is in the cache: {@code scripts/prove newest} runs it.
 */
class NewestProof {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  /** Its own patience is that of a real machine. */
  private static final String CRICTL = "crictl --timeout 4m ";

  private static final String HELLO = "lab.local/hello:1";

  private static final String POD =
      """
      {"metadata": {"name": "pod", "namespace": "default", "uid": "1", "attempt": 1},
       "log_directory": "/run/pod", "linux": {"cgroup_parent": "pods.slice"}}
      """;

  private static final String CONTAINER =
      """
      {"metadata": {"name": "hello"}, "image": {"image": "%s"}, "log_path": "hello.log",
       "command": ["/bin/busybox", "sh", "-c",
         "/bin/busybox echo from the container; /bin/busybox ip -4 -o address show eth0"]}
      """
          .formatted(HELLO);

  private static final String NETWORK =
      """
      {"cniVersion": "1.0.0", "name": "pods", "plugins": [
        {"type": "bridge", "bridge": "pods0", "isGateway": true, "ipMasq": true,
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.88.0.0/16"}]]}},
        {"type": "portmap", "capabilities": {"portMappings": true}}]}
      """;

  private static RunningLab lab;
  private static MachineShell shell;
  @TempDir private Path directory;

  @BeforeAll
  static void boot() {
    Path home = Path.of("target", "newest").toAbsolutePath();
    Path image = Launcher.BUILDER.bakeTo(Launcher.NEWEST, home.resolve("image"));
    LabPlan plan =
        new LabPlan(
            Launcher.BOOT_SERVER.path(),
            List.of(new BootGroup("newest", image)),
            List.of(new MachineSpec("newest", 1, Firmware.UEFI_PXE, 4096, "newest")));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    lab = StartLab.run(plan, new LabDirectory(home.resolve("lab")), new Progress(out));
    VirtualMachine machine = lab.powerOn("newest");
    machine.console().awaitLine(SystemLab.UP, SystemLab.BOOT_LIMIT);
    shell = lab.shell(machine, LIMIT);
  }

  @AfterAll
  static void end() {
    shell.close();
    lab.close();
  }

  @Test
  void noUnitHasFailed() {
    String state = shell.run("systemctl is-system-running --wait", LIMIT).text().strip();

    assertThat(shell.succeed("systemctl --failed --no-legend --plain", LIMIT)).isEmpty();
    assertThat(state).isEqualTo("running");
  }

  /** A stamp with a wrong name is passed over by the linker without a word. */
  @Test
  void everyProgramThatWasBuiltSaysItsVersion() {
    for (Build build : profile().builds().values()) {
      build
          .outputs()
          .values()
          .forEach(
              path ->
                  assertThat(shell.succeed(asksForItsVersion(path.toString()) + " 2>&1", LIMIT))
                      .as(path.toString())
                      .contains(build.version().replaceFirst("^v", "")));
    }
  }

  private static String asksForItsVersion(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (path.startsWith("/opt/cni/bin/")) {
      return path; // CNI plug-ins say it where they are asked for nothing.
    }
    return switch (name) {
      case "containerd-shim-runc-v2" -> path + " -v";
      case "kubeadm" -> path + " version -o short";
      case "kubectl" -> path + " version --client";
      default -> path + " --version";
    };
  }

  @Test
  void containerdHasAConfigurationOfVersion3AndTheUnifiedControlGroups() {
    assertThat(shell.succeed("grep -m1 ^version /etc/containerd/config.toml", LIMIT))
        .isEqualTo("version = 3");
    assertThat(shell.succeed("stat -f -c %T /sys/fs/cgroup", LIMIT)).isEqualTo("cgroup2fs");
    assertThat(shell.succeed(CRICTL + "info", LIMIT)).contains("\"SystemdCgroup\": true");
  }

  /** With an address by the plug-ins that were built with it. */
  @Test
  void crictlRunsAContainerInAPod() throws IOException {
    String pause =
        shell.succeed(
            "containerd config dump 2> /dev/null | sed -n \"s/^ *sandbox = '\\(.*\\)'/\\1/p\"",
            LIMIT);
    bring(pause, "sleep", "1000000");
    bring(HELLO, "true");
    copy("/etc/cni/net.d/10-pods.conflist", NETWORK);
    copy("/run/pod.json", POD);
    copy("/run/hello.json", CONTAINER);
    shell.succeed(
        "for i in $(seq 60); do crictl --timeout 4m info > /run/info; grep -q NetworkReady /run/info"
            + " && ! grep -q NetworkPluginNotReady /run/info && break; sleep 1; done",
        LIMIT);

    String pod = shell.succeed(CRICTL + "runp /run/pod.json", LIMIT);
    String container =
        shell.succeed(CRICTL + "create --no-pull " + pod + " /run/hello.json /run/pod.json", LIMIT);
    shell.succeed(CRICTL + "start " + container, LIMIT);
    shell.succeed(
        "for i in $(seq 60); do crictl --timeout 4m ps -q --state exited | grep -q . && break; sleep 1; done",
        LIMIT);
    String said = shell.succeed(CRICTL + "logs " + container, LIMIT);
    String address =
        shell.succeed(
            CRICTL + "inspectp -o go-template --template '{{.status.network.ip}}' " + pod, LIMIT);
    shell.succeed(CRICTL + "rmp -f " + pod, LIMIT);

    assertThat(address).startsWith("10.88.");
    assertThat(said).startsWith("from the container\n").contains(" " + address + "/16 ");
  }

  private void bring(String name, String... command) throws IOException {
    List<String> entrypoint = new ArrayList<>(List.of("/bin/busybox"));
    entrypoint.addAll(List.of(command));
    OciImage image =
        new OciImage(name, entrypoint, Map.of("bin/busybox", Files.readAllBytes(BUSYBOX)));
    Path tar = Files.write(directory.resolve("image.tar"), image.write());
    shell.copy(tar, "/run/image.tar", LIMIT);
    shell.succeed("ctr -n k8s.io images import /run/image.tar", LIMIT);
  }

  private void copy(String place, String text) throws IOException {
    Path file = Files.write(directory.resolve("file"), text.getBytes(StandardCharsets.UTF_8));
    shell.succeed("mkdir -p $(dirname " + place + ")", LIMIT);
    shell.copy(file, place, LIMIT);
  }

  private static Profile profile() {
    KnownFamilies debian = new KnownFamilies(List.of(new DebianFamily().rules()));
    return new Catalog(debian).find(Launcher.NEWEST);
  }
}
