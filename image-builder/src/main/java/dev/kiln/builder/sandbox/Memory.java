package dev.kiln.builder.sandbox;

import dev.kiln.file.Mount;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory files may take: what the machine can spare, less where a control group allows
 * less, and without what the trees of other bakes may still take.
 */
final class Memory {
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +(\\d{1,15}) kB$");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})k");

  /** What packing a tree and everything else on the machine may want meanwhile. */
  private static final long RESERVE = 1L << 30;

  private final Path root;

  /**
   * Looks below a directory.
   *
   * @param root of the machine: {@code /} but in tests
   */
  Memory(Path root) {
    this.root = root;
  }

  /** Bytes; negative where more was promised than there is, also where nobody knows. */
  long room() {
    long spared = Math.min(available(), new ControlGroups(root).available());
    return spared - RESERVE - promised();
  }

  /** proc_meminfo(5). */
  private long available() {
    try {
      Matcher matcher = AVAILABLE.matcher(Files.readString(root.resolve("proc/meminfo")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * What trees in memory may grow by, whoever makes them: each is a file system that some process
   * sees, and is gone with the last of those. So nothing has to be noted, and nothing is left by
   * who was killed.
   */
  private long promised() {
    Set<String> counted = new HashSet<>();
    long sum = 0;
    try (Stream<Path> processes = Files.list(root.resolve("proc"))) {
      for (Path process : processes.filter(Memory::isProcess).toList()) {
        for (Mount mount : Mount.seenIn(process.resolve("mountinfo"))) {
          if (mount.source().equals(Keeper.SOURCE)
              && mount.type().equals("tmpfs")
              && counted.add(mount.device())) {
            sum += Math.max(0, size(mount) - used(process, mount));
          }
        }
      }
    } catch (IOException e) {
      return sum;
    }
    return sum;
  }

  private static boolean isProcess(Path entry) {
    return String.valueOf(entry.getFileName()).matches("\\d+");
  }

  private static long size(Mount mount) {
    return mount
        .option("size")
        .map(SIZE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Long.parseLong(matcher.group(1)) << 10)
        .orElse(0L);
  }

  /** Nothing where the process has ended meanwhile. */
  private static long used(Path process, Mount mount) {
    try {
      Path there = process.resolve("root").resolve(mount.point().substring(1));
      FileStore store = Files.getFileStore(there);
      return store.getTotalSpace() - store.getUnallocatedSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}
