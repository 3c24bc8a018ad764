package dev.kiln.builder.sandbox;

import dev.kiln.file.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The control groups that this process is in, each within the one above it: none may use more
 * memory than any of them is given. Both versions (the kernel's cgroup-v2, cgroup-v1/memory).
 */
final class ControlGroups {
  private final Path root;

  /**
   * Looks below a directory.
   *
   * @param root of the machine: {@code /} but in tests
   */
  ControlGroups(Path root) {
    this.root = root;
  }

  /** Bytes that the narrowest of them leaves; far more than there are where none has a limit. */
  long available() {
    return directories().stream()
        .flatMapToLong(directory -> available(directory).stream())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Empty where it has no limit, or has other files than those of memory. */
  private static OptionalLong available(Path group) {
    OptionalLong limit =
        Stream.of("memory.max", "memory.high", "memory.limit_in_bytes")
            .flatMapToLong(file -> number(group.resolve(file)).stream())
            .min();
    OptionalLong used =
        Stream.of("memory.current", "memory.usage_in_bytes")
            .flatMapToLong(file -> number(group.resolve(file)).stream())
            .max();
    if (limit.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    // What was read of files and not lately is given back before anything is refused.
    return OptionalLong.of(limit.getAsLong() - used.getAsLong() + reclaimable(group));
  }

  private static long reclaimable(Path group) {
    Matcher matcher =
        Pattern.compile("(?m)^(?:total_)?inactive_file (\\d{1,18})$")
            .matcher(text(group.resolve("memory.stat")));
    long most = 0;
    while (matcher.find()) {
      most = Math.max(most, Long.parseLong(matcher.group(1)));
    }
    return most;
  }

  /** Empty for {@code max}, and where there is no such file. */
  private static OptionalLong number(Path file) {
    String text = text(file).strip();
    return text.matches("\\d{1,19}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /** Of this process's groups and all above them. */
  private List<Path> directories() {
    List<Path> directories = new ArrayList<>();
    for (String line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && (fields[1].isEmpty() || fields[1].matches("(.*,)?memory(,.*)?"))) {
        String type = fields[1].isEmpty() ? "cgroup2" : "cgroup";
        Mount.seenIn(root.resolve("proc/self/mountinfo")).stream()
            .filter(mount -> mount.type().equals(type))
            .forEach(mount -> directories.addAll(upwards(mount, fields[2])));
      }
    }
    return directories;
  }

  /** In a container the mount shows its own group as the root, or that one's path is another's. */
  private List<Path> upwards(Mount mount, String group) {
    Path top = root.resolve(mount.point().substring(1));
    String shown = mount.root().equals("/") ? "" : mount.root();
    String below = group.startsWith(shown) ? group.substring(shown.length()) : "";
    Path start = top.resolve(below.replaceFirst("^/+", "")).normalize();
    List<Path> directories = new ArrayList<>();
    for (Path here = start; here != null && here.startsWith(top); here = here.getParent()) {
      directories.add(here);
    }
    return directories;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
