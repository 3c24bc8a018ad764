package dev.kiln.builder.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.deb.SmallDeb;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.kit.HostKit;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of a tree whose files came from packages, and were then changed. Needs root. */
class TreeTimesIT {
  private static final long OLD = 1_600_000_000;
  private static final long NEWER = 1_650_000_000;
  private static final long NEWEST = 1_700_000_000;

  @TempDir private Path directory;

  private Path tree;
  private Kit kit;
  private PathTimes times;

  @BeforeEach
  void installPackages() throws Exception {
    Path packages = Files.createDirectory(directory.resolve("packages"));
    ReadyPackage one =
        new SmallDeb("one")
            .time(OLD)
            .directory("usr/share")
            .file("usr/share/own", "0000644", "x")
            .file("usr/share/-n a \"name\" of other sort\\", "0000644", "x")
            .file("bin/moved", "0000755", "x")
            .file("usr/share/changed", "0000644", "x")
            .hardLink("usr/share/same", "usr/share/own")
            .symbolicLink("usr/share/link", "absent")
            .time(1L << 32)
            .file("usr/share/endless", "0000644", "x")
            .write(packages);
    ReadyPackage other =
        new SmallDeb("other")
            .time(NEWER)
            .file("usr/share/shared", "0000644", "x")
            .time(NEWEST)
            .file("usr/share/newest", "0000644", "x")
            .write(packages);
    ReadyPackage replaced =
        new SmallDeb("third").time(OLD).file("usr/share/shared", "0000644", "y").write(packages);
    tree = Files.createDirectory(directory.resolve("tree"));
    kit = HostKit.make(Files.createDirectory(directory.resolve("tools")));
    times = KnownFamilies.DEBIAN.packages().times(List.of(one, other, replaced), "amd64");
  }

  @Test
  void keepsTheTimeThatAPackageGave() throws IOException {
    put("usr/share/own", seconds(OLD));
    put("usr/share/-n a \"name\" of other sort\\", seconds(OLD));
    put("usr/bin/moved", seconds(OLD));
    put("usr/share/shared", seconds(NEWER));
    link("usr/share/link", seconds(OLD));
    Files.createLink(tree.resolve("usr/share/same"), tree.resolve("usr/share/own"));

    setTimes();

    assertThat(time("usr/share/own")).isEqualTo(OLD);
    assertThat(time("usr/share/same")).isEqualTo(OLD);
    assertThat(time("usr/share/-n a \"name\" of other sort\\")).isEqualTo(OLD);
    assertThat(time("usr/bin/moved")).isEqualTo(OLD);
    assertThat(time("usr/share/shared")).isEqualTo(NEWER);
    assertThat(time("usr/share/link")).isEqualTo(OLD);
  }

  /**
   * What a clock gives that is right, far behind, far ahead, or in the very second of a package.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-28T15:03:07.123456789Z",
        "1901-12-13T20:45:52Z",
        "1970-01-01T00:00:00Z",
        "2020-09-13T12:26:40.000001Z",
        "2200-01-01T00:00:00.5Z"
      })
  void givesTheNewestTimeToAllThatIsNotAPackagesOwn(String clock) throws IOException {
    FileTime now = FileTime.from(Instant.parse(clock));
    put("usr/share/changed", now);
    put("usr/share/made", now);
    put("usr/share/endless", seconds(1L << 32));
    put("etc/shared", seconds(NEWER));
    link("usr/share/link", now);
    for (String name : List.of("proc", "dev", "tmp", "run", "sys", "usr/share/empty")) {
      setTime(Files.createDirectory(tree.resolve(name)), now);
    }
    setTime(tree, now);

    setTimes();

    assertThat(times.newest()).isEqualTo(NEWEST);
    try (var all = Files.walk(tree)) {
      assertThat(all)
          .hasSize(15)
          .allSatisfy(path -> assertThat(time(path)).as("%s", path).isEqualTo(NEWEST));
    }
  }

  @Test
  void followsNoLink() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "x");
    setTime(outside, seconds(OLD));
    Files.createSymbolicLink(tree.resolve("out"), outside);
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("loop"));

    setTimes();

    assertThat(time(outside)).isEqualTo(OLD);
    assertThat(time(tree.resolve("out"))).isEqualTo(NEWEST);
  }

  @Test
  void refusesAPathThatIsTwoLines() throws IOException {
    put("etc/one\n./etc/two", seconds(OLD));

    assertThatThrownBy(() -> setTimes())
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("cannot settle the tree")
        .hasMessageContaining("there is a line feed in the name of ./etc/one?.");
  }

  private void put(String path, FileTime time) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    setTime(Files.write(file, "content".getBytes(UTF_8)), time);
  }

  private void link(String path, FileTime time) throws IOException {
    Path link = tree.resolve(path);
    Files.createDirectories(link.getParent());
    setTime(Files.createSymbolicLink(link, Path.of("absent")), time);
  }

  private static void setTime(Path path, FileTime time) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  private long time(String path) {
    return time(tree.resolve(path));
  }

  private static long time(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static FileTime seconds(long seconds) {
    return FileTime.from(seconds, TimeUnit.SECONDS);
  }

  private void setTimes() {
    new SettleTree(kit, "", new MadeFiles(new TreeMap<>()))
        .settle(ImageTree.at(tree), times, new SealRules(List.of(), List.of(), List.of()));
  }
}
