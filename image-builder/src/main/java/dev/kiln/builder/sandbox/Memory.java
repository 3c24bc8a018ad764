package dev.kiln.builder.sandbox;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory may be used for files. */
final class Memory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: +([0-9]+) kB$");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +([0-9]+) kB$");

  /** What packing a tree and everything else on the machine may want meanwhile. */
  private static final long RESERVE = 1L << 30;

  private Memory() {}

  /** Whether twice as many bytes fit and something remains. */
  static boolean hasRoomFor(long bytes) {
    return bytes <= (available() - RESERVE) / 2;
  }

  /** proc_meminfo(5), less where a control group allows less; 0 where nobody knows. */
  private static long available() {
    try {
      String text = Files.readString(MEMINFO);
      long machine = kibibytes(AVAILABLE, text);
      OperatingSystemMXBean limits =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      boolean limited = limits.getTotalMemorySize() < kibibytes(TOTAL, text);
      return limited ? Math.min(machine, limits.getFreeMemorySize()) : machine;
    } catch (IOException e) {
      return 0;
    }
  }

  private static long kibibytes(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
  }
}
