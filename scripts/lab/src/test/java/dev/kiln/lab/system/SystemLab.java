package dev.kiln.lab.system;

import dev.kiln.lab.console.Line;
import dev.kiln.lab.lifecycle.LabDirectory;
import dev.kiln.lab.lifecycle.LabPlan;
import dev.kiln.lab.lifecycle.Progress;
import dev.kiln.lab.lifecycle.RunningLab;
import dev.kiln.lab.lifecycle.StartLab;
import dev.kiln.lab.machine.Firmware;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.machine.VirtualMachine;
import dev.kiln.lab.server.BootGroup;
import dev.kiln.lab.ssh.MachineShell;
import dev.kiln.manifest.ImageDirectory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one lab of all system tests. It boots the image that this very code bakes: one machine by
 * BIOS, one by UEFI, at the same time and once.
 */
final class SystemLab implements AutoCloseable {
  /** Boots by BIOS and iPXE. */
  static final String BIOS = "bios";

  /** Boots by UEFI HTTP Boot. */
  static final String UEFI = "uefi";

  /** Gets an image with a changed layer. */
  static final String TAMPERED = "tampered";

  /** Was never registered; gets its loader by TFTP. */
  static final String STRANGER = "stranger";

  /** Two machines are up after two to three minutes on two quiet cores. */
  static final Duration BOOT_LIMIT = Duration.ofMinutes(12);

  /** cloud-init's last words. */
  static final Pattern UP = Pattern.compile("Cloud-init v\\. .* finished at");

  private final ImageDirectory image;
  private final RunningLab lab;
  private final Map<String, VirtualMachine> nodes = new HashMap<>();
  private final Map<String, MachineShell> shells = new HashMap<>();

  private SystemLab(ImageDirectory image, RunningLab lab) {
    this.image = image;
    this.lab = lab;
  }

  /** Bakes, and starts the boot server. */
  static SystemLab start() {
    Path directory = Path.of("target", "system-test").toAbsolutePath();
    Path image = Launcher.BUILDER.bakeTo(Launcher.PROFILE, directory.resolve("image"));
    Path tampered = TamperedImage.copyOf(image, directory.resolve("tampered-image"));
    LabPlan plan =
        new LabPlan(
            Launcher.BOOT_SERVER.path(),
            List.of(new BootGroup("node", image), new BootGroup("tampered", tampered)),
            List.of(
                new MachineSpec(BIOS, 1, Firmware.BIOS, 2048, "node"),
                new MachineSpec(UEFI, 2, Firmware.UEFI_HTTP, 2048, "node"),
                new MachineSpec(TAMPERED, 3, Firmware.BIOS, 2048, "tampered"),
                new MachineSpec(STRANGER, 4, Firmware.UEFI_PXE, 512, "")));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    RunningLab lab =
        StartLab.run(plan, new LabDirectory(directory.resolve("lab")), new Progress(out));
    return new SystemLab(ImageDirectory.read(image), lab);
  }

  ImageDirectory image() {
    return image;
  }

  Path bootServerConfiguration() {
    return lab.directory().bootServer().resolve("bootserver.yaml");
  }

  /** Switches on a machine that must not come up; who does it takes its power away again. */
  VirtualMachine powerOn(String name) {
    return lab.powerOn(name);
  }

  /** One of the two machines that boot; whoever asks first switches both on. */
  VirtualMachine machine(String name) {
    if (nodes.isEmpty()) {
      nodes.put(BIOS, lab.powerOn(BIOS));
      nodes.put(UEFI, lab.powerOn(UEFI));
    }
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  /** Waits until cloud-init is done on a machine. */
  Line awaitUp(String name) {
    return machine(name).console().awaitLine(UP, BOOT_LIMIT);
  }

  /** A root shell on a machine that is up. */
  MachineShell shell(String name) {
    awaitUp(name);
    return shells.computeIfAbsent(name, any -> lab.shell(machine(name), Duration.ofMinutes(2)));
  }

  @Override
  public void close() {
    shells.values().forEach(MachineShell::close);
    lab.close();
  }
}
