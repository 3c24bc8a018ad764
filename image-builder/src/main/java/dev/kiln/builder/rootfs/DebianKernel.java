package dev.kiln.builder.rootfs;

import dev.kiln.builder.kernel.KernelLayout;
import java.util.List;

/** Where Debian's packages put a kernel, and all distributions made of them. */
public final class DebianKernel {
  /** Of linux-image-*, and of firmware-*. */
  public static final KernelLayout LAYOUT =
      new KernelLayout(
          List.of("boot/vmlinuz-{release}"),
          List.of("boot/config-{release}"),
          "usr/lib/modules/{release}",
          "usr/lib/firmware");

  private DebianKernel() {}
}
