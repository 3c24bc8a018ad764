package dev.kiln.builder.kit;

/**
 * A program of the kit that writes bytes of an image, by the package that distributions put it in.
 */
public enum Tool {
  MKSQUASHFS("squashfs-tools"),
  VERITYSETUP("cryptsetup-bin"),
  BUSYBOX("busybox-static");

  private final String packageName;

  Tool(String packageName) {
    this.packageName = packageName;
  }

  String packageName() {
    return packageName;
  }
}
