package dev.kiln.builder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as their kernels describe them, in files. */
class MemoryTest {
  private static final long GIB = 1L << 30;

  /** What is left to everything else. */
  private static final long RESERVE = GIB;

  private static final String VERSION_2 =
      "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String VERSION_1 =
      """
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """;

  @TempDir private Path root;

  @BeforeEach
  void aMachineOfTenGibibytes() throws IOException {
    write("proc/meminfo", "MemTotal:       16000000 kB\nMemAvailable:   10485760 kB\n");
    write("proc/self/cgroup", "0::/\n");
    write("proc/self/mountinfo", VERSION_2);
  }

  @Test
  void isWhatTheMachineCanSpare() {
    assertThat(room()).isEqualTo(10 * GIB - RESERVE);
  }

  @Test
  void isNothingWhereNobodyKnows() throws IOException {
    Files.delete(root.resolve("proc/meminfo"));

    assertThat(room()).isNegative();
  }

  /** The limit of a slice holds for each service in it, which has none of its own. */
  @Test
  void isNoMoreThanAnyControlGroupAboveLeaves() throws IOException {
    write("proc/self/cgroup", "0::/builds.slice/bake.service\n");
    String slice = "sys/fs/cgroup/builds.slice/";
    write(slice + "memory.max", 5 * GIB + "\n");
    write(slice + "memory.high", "max\n");
    write(slice + "memory.current", 3 * GIB + "\n");
    write(slice + "memory.stat", "anon 7\ninactive_file " + GIB + "\nactive_file 9\n");
    write(slice + "bake.service/memory.max", "max\n");
    write(slice + "bake.service/memory.current", 3 * GIB + "\n");

    assertThat(room()).isEqualTo(3 * GIB - RESERVE);

    write(slice + "memory.high", 4 * GIB + "\n");
    assertThat(room()).isEqualTo(2 * GIB - RESERVE);
  }

  @Test
  void isNoMoreThanAControlGroupOfVersionOneLeaves() throws IOException {
    write("proc/self/cgroup", "5:devices:/\n4:memory:/jobs/bake\n1:cpu:/\n0::/\n");
    write("proc/self/mountinfo", VERSION_1);
    String group = "sys/fs/cgroup/memory/jobs/bake/";
    write(group + "memory.limit_in_bytes", 6 * GIB + "\n");
    write(group + "memory.usage_in_bytes", 2 * GIB + "\n");
    write(group + "memory.stat", "inactive_file 5\ntotal_inactive_file " + GIB + "\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", 20 * GIB + "\n");

    assertThat(room()).isEqualTo(5 * GIB - RESERVE);
  }

  /** Its own group is the root of what it sees, whatever the host calls it. */
  @Test
  void isNoMoreThanAContainerIsGiven() throws IOException {
    write("proc/self/cgroup", "4:memory:/docker/0123\n");
    write("proc/self/mountinfo", VERSION_1.replace("0:32 / ", "0:32 /docker/0123 "));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 4 * GIB + "\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", GIB + "\n");

    assertThat(room()).isEqualTo(3 * GIB - RESERVE);
  }

  /** Several processes see one tree, and two more trees are seen by one each. */
  @Test
  void leavesOutWhatOtherTreesMayStillTake() throws IOException {
    String tree = "90 80 0:%d / /cache/tmp/os rw - tmpfs %s rw,size=%dk,nr_inodes=9,mode=755\n";
    write("proc/100/mountinfo", VERSION_2 + tree.formatted(51, "kiln-workspace", 2 << 20));
    write("proc/101/mountinfo", VERSION_2 + tree.formatted(51, "kiln-workspace", 2 << 20));
    write("proc/102/mountinfo", tree.formatted(52, "kiln-workspace", 1 << 20));
    write("proc/103/mountinfo", tree.formatted(53, "somebody-else", 1 << 20));
    write("proc/sys/mountinfo", tree.formatted(54, "kiln-workspace", 1 << 20));

    assertThat(room()).isEqualTo(7 * GIB - RESERVE);
  }

  private long room() {
    return new Memory(root).room();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
