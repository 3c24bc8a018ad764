package dev.kiln.lab.machine;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.console.Console;
import dev.kiln.lab.console.FatalLines;
import dev.kiln.lab.network.Namespace;
import dev.kiln.lab.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** A machine with power: its QEMU process and its console. */
public final class VirtualMachine implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final MachineSpec spec;
  private final Child process;
  private final Console console;

  private VirtualMachine(MachineSpec spec, Child process, Console console) {
    this.spec = spec;
    this.process = process;
    this.console = console;
  }

  /**
   * Switches it on.
   *
   * @param directory the machine's own, for its console and its UEFI variables
   */
  public static VirtualMachine powerOn(MachineSpec spec, Namespace namespace, Path directory) {
    Path variables = directory.resolve("uefi-variables");
    try {
      Files.createDirectories(directory);
      if (spec.firmware() != Firmware.BIOS) {
        Files.copy(QemuCommand.UEFI_VARIABLES, variables, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw KilnException.io("prepare machine " + spec.name() + " in " + directory, e);
    }
    Child process = Child.start(namespace.inside(QemuCommand.of(spec, variables)));
    Console console =
        Console.follow(
            spec.name(),
            process.output(),
            directory.resolve("console.log"),
            FatalLines.OF_A_MACHINE);
    return new VirtualMachine(spec, process, console);
  }

  public MachineSpec spec() {
    return spec;
  }

  public Console console() {
    return console;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Takes its power away. */
  @Override
  public void close() {
    process.stop(GRACE);
  }
}
