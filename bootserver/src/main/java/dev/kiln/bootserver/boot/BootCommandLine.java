package dev.kiln.bootserver.boot;

import dev.kiln.node.boot.KernelCommandLine;
import java.util.ArrayList;
import java.util.List;

/** The kernel arguments of one boot. */
public final class BootCommandLine {
  private BootCommandLine() {}

  /**
   * The image's own arguments first, unbroken, as in a unified kernel image; then the server's.
   *
   * @throws IllegalArgumentException with a sentence, where no kernel would read it whole
   */
  public static KernelCommandLine of(BootPlan.Boot boot, BootAddresses addresses) {
    List<String> arguments = new ArrayList<>(boot.image().manifest().commandLine());
    // UEFI kernels take the initrd by the name that iPXE gave it.
    arguments.add("initrd=initrd");
    arguments.add("kiln.url=" + addresses.image(boot.image().id()));
    // 01 is ARP's hardware type of Ethernet, as pxelinux writes it.
    arguments.add("BOOTIF=01-" + boot.mac().hyphens());
    // cloud-init before 24.1 reads HTTP seeds under this name only; later ones know it still.
    arguments.add("ds=nocloud-net;s=" + addresses.seed(boot));
    arguments.addAll(boot.group().kernelArguments());
    return new KernelCommandLine(arguments);
  }
}
