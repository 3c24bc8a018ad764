package dev.kiln.builder.cache;

import dev.kiln.file.Mount;
import java.io.IOException;
import java.nio.file.Path;

/** What is mounted where, as this process sees it. */
final class Mounts {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

  private Mounts() {}

  /** A bind mount forgotten below a directory would take what it shows with it when removed. */
  static void requireNoneBelow(Path directory) throws IOException {
    Path real = directory.toRealPath();
    for (Mount mount : Mount.seenIn(MOUNTINFO)) {
      if (Path.of(mount.point()).startsWith(real)) {
        throw new IOException(
            "something is mounted on " + mount.point() + "; run umount on it first");
      }
    }
  }
}
