package dev.kiln.builder.bake;

import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels that SELinux gives every file of its machine: mksquashfs can leave them out from 4.6
 * on, and a layer must not have them.
 */
final class HostLabels {
  /** In the options of a mount (proc_pid_mountinfo(5)) whose files are labelled. */
  private static final Pattern LABELLED = Pattern.compile("(?:.*[ ,])?seclabel(?:[ ,].*)?");

  private static final String PACKAGE = "squashfs-tools";
  private static final Pattern VERSION = Pattern.compile("(?:\\d+:)?(\\d{1,4})\\.(\\d{1,4}).*");
  private static final int CAN_LEAVE_OUT = 4006;

  private final List<String> mounts;

  /**
   * Of some machine.
   *
   * @param mounts the lines of its mountinfo
   */
  HostLabels(List<String> mounts) {
    this.mounts = List.copyOf(mounts);
  }

  static HostLabels ofThisMachine() {
    try {
      return new HostLabels(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      throw KilnException.io("read this machine's mounts", e);
    }
  }

  /** Refuses, before anything is fetched for it, a kit that would take them into the layers. */
  void requireLeftOutBy(LockedSet kit) {
    boolean labelled = mounts.stream().anyMatch(line -> LABELLED.matcher(line).matches());
    if (labelled && !kit.packages().stream().anyMatch(HostLabels::leavesOut)) {
      throw KilnException.dependency(
          "this machine puts labels of SELinux on every file, which must not be in a layer",
          "Bake on a machine without SELinux, or with a kit of squashfs-tools 4.6 or newer, which"
              + " leave them out");
    }
  }

  private static boolean leavesOut(LockedPackage each) {
    Matcher version = VERSION.matcher(each.version());
    return each.name().equals(PACKAGE)
        && version.matches()
        && 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2))
            >= CAN_LEAVE_OUT;
  }
}
