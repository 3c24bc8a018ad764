package dev.kiln.lab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kiln.builder.distro.debian.DebianFamily;
import dev.kiln.lab.oci.OciImage;
import dev.kiln.lab.process.Output;
import dev.kiln.lab.ssh.MachineShell;
import dev.kiln.manifest.Layer;
import dev.kiln.profile.Catalog;
import dev.kiln.profile.KnownFamilies;
import dev.kiln.profile.NodeSettings;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every machine that has booted. */
@ExtendWith(LabExtension.class)
class NodeST {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final SystemLab lab;
  @TempDir private Path directory;

  NodeST(SystemLab lab) {
    this.lab = lab;
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void itsRootIsAnOverlayOverLayersThatNobodyCanWrite(String machine) {
    MachineShell shell = lab.shell(machine);

    assertThat(shell.succeed("findmnt -n -o FSTYPE /", LIMIT)).isEqualTo("overlay");
    List<String> squashfs = lines(shell, "findmnt -n -l -t squashfs -o SOURCE,OPTIONS");
    assertThat(squashfs)
        .hasSize(lab.image().manifest().layers().size())
        .allMatch(mount -> mount.startsWith("/dev/mapper/kiln-"))
        .allMatch(mount -> mount.matches("\\S+ +ro,.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void everyLayerIsVerifiedByTheRootHashOfTheManifest(String machine) {
    MachineShell shell = lab.shell(machine);

    assertThat(lines(shell, "cat /sys/block/dm-*/dm/uuid"))
        .hasSize(lab.image().manifest().layers().size())
        .allMatch(uuid -> uuid.startsWith("CRYPT-VERITY-"));
    String booted = shell.succeed("cat /run/kiln/boot.manifest", LIMIT);
    for (Layer layer : lab.image().manifest().layers()) {
      assertThat(booted).contains("layer " + layer.name() + " ", layer.verity().rootHash().hex());
      assertThat(lab.machine(machine).console().lines())
          .anyMatch(
              line ->
                  line.text()
                      .endsWith(
                          "layer "
                              + layer.name()
                              + " verified, root hash "
                              + layer.verity().rootHash().hex()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void noUnitHasFailed(String machine) {
    MachineShell shell = lab.shell(machine);

    String state = shell.run("systemctl is-system-running --wait", LIMIT).text().strip();

    assertThat(shell.succeed("systemctl --failed --no-legend --plain", LIMIT)).isEmpty();
    assertThat(state).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void containerdRunsAContainer(String machine) throws IOException {
    OciImage image =
        new OciImage(
            "lab.local/hello:1",
            List.of("/bin/busybox", "echo"),
            Map.of("bin/busybox", Files.readAllBytes(BUSYBOX)));
    Path tar = Files.write(directory.resolve("hello.tar"), image.write());
    MachineShell shell = lab.shell(machine);

    shell.copy(tar, "/run/hello.tar", LIMIT);
    shell.succeed("ctr -n k8s.io images import /run/hello.tar", LIMIT);
    String said =
        shell.succeed(
            "ctr -n k8s.io run --rm lab.local/hello:1 hello /bin/busybox echo from the container",
            LIMIT);

    assertThat(said).isEqualTo("from the container");
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void theKubeletIsTheOneOfTheProfile(String machine) {
    String expected = profile().kubernetes().orElseThrow().toString();

    assertThat(lab.shell(machine).succeed("kubelet --version", LIMIT))
        .isEqualTo("Kubernetes v" + expected.replaceFirst("^v", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void swapIsOff(String machine) {
    assertThat(lines(lab.shell(machine), "cat /proc/swaps")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void theClockIsRightAndKept(String machine) {
    MachineShell shell = lab.shell(machine);

    Instant there = Instant.ofEpochSecond(Long.parseLong(shell.succeed("date +%s", LIMIT)));

    assertThat(there).isCloseTo(Instant.now(), within(3, ChronoUnit.MINUTES));
    assertThat(shell.succeed("date +%Z", LIMIT)).isEqualTo("UTC");
    assertThat(shell.succeed("systemctl is-active chrony", LIMIT)).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {SystemLab.BIOS, SystemLab.UEFI})
  void modulesAndSysctlsAreThoseOfTheProfile(String machine) {
    MachineShell shell = lab.shell(machine);
    NodeSettings node = profile().node();

    for (String module : node.modules().keySet()) {
      Output found = shell.run("test -d /sys/module/" + module.replace('-', '_'), LIMIT);
      assertThat(found.exitCode()).as("module %s", module).isZero();
    }
    node.sysctls()
        .forEach(
            (key, wanted) ->
                assertThat(shell.succeed("sysctl -n " + key, LIMIT))
                    .as("sysctl %s", key)
                    .isEqualTo(wanted.value()));
  }

  private static Profile profile() {
    KnownFamilies debian = new KnownFamilies(List.of(new DebianFamily().rules()));
    return new Catalog(debian).find(Launcher.PROFILE);
  }

  private static List<String> lines(MachineShell shell, String command) {
    return shell.succeed(command, LIMIT).lines().toList();
  }
}
