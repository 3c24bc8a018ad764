package dev.kiln.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is mounted where, from {@code /proc/self/mountinfo} (proc(5)). */
final class Mounts {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;

  private Mounts() {}

  /** A bind mount forgotten below a directory would take what it shows with it when removed. */
  static void requireNoneBelow(Path directory) throws IOException {
    if (!Files.isReadable(MOUNTINFO)) {
      return;
    }
    Path real = directory.toRealPath();
    for (String line : Files.readAllLines(MOUNTINFO)) {
      Path mountPoint = Path.of(unescape(line.split(" ")[MOUNT_POINT]));
      if (mountPoint.startsWith(real)) {
        throw new IOException("something is mounted on " + mountPoint + "; run umount on it first");
      }
    }
  }

  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
