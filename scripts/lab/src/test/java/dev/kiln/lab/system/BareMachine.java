package dev.kiln.lab.system;

import dev.kiln.lab.process.Command;
import dev.kiln.manifest.ImageDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine with a serial line and nothing else: no disk, no network. QEMU itself loads its kernel,
 * as a boot loader on a disk would. Behind Ctrl-A and c the serial line is QEMU's monitor.
 *
 * @param words of qemu-system-x86_64(1)
 */
record BareMachine(List<String> words) {
  BareMachine {
    words = List.copyOf(words);
  }

  /**
   * With an image's kernel.
   *
   * @param arguments of the kernel, behind those that every such machine has
   */
  static BareMachine of(ImageDirectory image, Path initrd, String arguments) {
    return new BareMachine(
        List.of(
            "qemu-system-x86_64",
            "-machine",
            "q35,graphics=off",
            "-accel",
            "tcg,thread=multi",
            "-cpu",
            "max",
            "-smp",
            "2",
            "-m",
            "2048M",
            "-display",
            "none",
            "-nodefaults",
            "-no-user-config",
            "-no-reboot",
            "-serial",
            "mon:stdio",
            "-monitor",
            "none",
            "-kernel",
            image.file(image.manifest().kernel()).toString(),
            "-initrd",
            initrd.toString(),
            "-append",
            // On a busy host the timer's check fails under emulation, and then the kernel panics.
            "console=ttyS0 panic=1 no_timer_check " + arguments));
  }

  BareMachine with(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new BareMachine(all);
  }

  Command command() {
    return new Command(words);
  }
}
