package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An absolute path in the image where a pure-addition layer may put something: no {@code ..}, not
 * through a link of the os layer, not where a file system is mounted over it.
 *
 * @param text such as {@code /usr/bin/kubelet}
 */
public record ImagePath(String text) {
  /** Characters: while a layer is made, its paths lie below another one, and Linux allows 4,095. */
  private static final int LONGEST = 1_024;

  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_+@:,=.-]{1,255}");

  /**
   * The directories that are links into /usr where a distribution has them (file-hierarchy(7); with
   * lib32 and libx32, of the other ABIs of x86-64): one of this name in a layer would hide the
   * link, and with it the OS. A path is right or wrong whatever the distribution.
   */
  static final List<String> MERGED = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  private static final List<String> MOUNTED =
      List.of(
          "/boot",
          "/dev",
          "/proc",
          "/run",
          "/sys",
          "/tmp",
          "/var/lib/containerd",
          "/var/lib/etcd",
          "/var/lib/kubelet",
          "/var/log",
          "/var/run");

  public ImagePath {
    String shown = Shown.of(text);
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + shown + "' is not an absolute path: write it from the root, such as /usr/bin/tool");
    }
    String[] segments = text.substring(1).split("/", -1);
    for (String segment : segments) {
      if (segment.equals("..") || segment.equals(".") || !SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "'" + shown + "' is not a plain path: leave out '.', '..', '//' and odd characters");
      }
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("this path is longer than " + LONGEST + " characters");
    }
    if (MERGED.contains(segments[0])) {
      throw new IllegalArgumentException(
          "'" + shown + "' goes through the link /" + segments[0] + ": write /usr" + shown);
    }
    String slashed = text + "/";
    MOUNTED.stream()
        .filter(mounted -> slashed.startsWith(mounted + "/"))
        .findFirst()
        .ifPresent(
            mounted -> {
              throw new IllegalArgumentException(
                  "'" + shown + "' is hidden on a machine, where " + mounted + " is mounted");
            });
  }

  /** The last segment. */
  public String fileName() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
