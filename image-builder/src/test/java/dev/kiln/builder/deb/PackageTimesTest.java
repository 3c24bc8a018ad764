package dev.kiln.builder.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTimesTest {
  private static final MergedUsr MERGED = new MergedUsr(List.of("bin"));

  @TempDir private Path directory;

  @Test
  void knowsTheTimeOfEachFileAndLinkWhereItReallyLies() throws IOException {
    PackageTimes times =
        times(
            new SmallDeb("one")
                .time(100)
                .file("bin/tool", "0000755", "x".repeat(10_000))
                .time(200)
                .symbolicLink("usr/link", "anywhere")
                .hardLink("usr/same", "bin/tool"));

    assertThat(plain(times))
        .isEqualTo(
            Map.of(
                "usr/bin/tool",
                List.of(100L),
                "usr/link",
                List.of(200L),
                "usr/same",
                List.of(200L)));
  }

  @Test
  void knowsTheTimesOfAllPackagesThatShareAPath() throws IOException {
    PackageTimes times =
        times(
            new SmallDeb("one").time(300).file("a", "0000644", "x"),
            new SmallDeb("two").time(200).file("a", "0000644", "x"),
            new SmallDeb("three").time(300).file("a", "0000644", "x"));

    assertThat(plain(times)).isEqualTo(Map.of("a", List.of(200L, 300L)));
    assertThat(times.bringers()).isEqualTo(Map.of("a", "three"));
  }

  @Test
  void takesTheNewestTimeThatASquashfsCanHold() throws IOException {
    PackageTimes times =
        times(
            new SmallDeb("one").time(0xffff_fffeL).directory("d").time(5).file("a", "0000644", ""),
            new SmallDeb("two").time(1L << 32).file("beyond", "0000644", "x").directory("e"));

    assertThat(times.newest()).isEqualTo(0xffff_fffeL);
    assertThat(plain(times)).isEqualTo(Map.of("a", List.of(5L)));
  }

  @Test
  void hasNoTimeWithoutPackages() {
    PackageTimes times = PackageTimes.of(Map.of(), MERGED);

    assertThat(times.newest()).isZero();
    assertThat(times.byPath()).isEmpty();
  }

  /** The cache's disk may have lost the end of a file: passing over content must notice that. */
  @Test
  void refusesAPackageThatIsCutOffInsideAFile() throws IOException {
    ReadyPackage ready =
        new SmallDeb("one").file("a", "0000644", "x".repeat(100_000)).write(directory);
    try (FileChannel file = FileChannel.open(ready.file(), StandardOpenOption.WRITE)) {
      file.truncate(50_000);
    }

    assertThatThrownBy(() -> PackageTimes.of(Map.of("one", ready.file()), MERGED))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(ready.file().toString())
        .hasMessageContaining("it is cut off");
  }

  private PackageTimes times(SmallDeb... debs) throws IOException {
    Map<String, Path> ready = new LinkedHashMap<>();
    for (SmallDeb deb : debs) {
      ReadyPackage each = deb.write(directory);
      ready.put(each.locked().name(), each.file());
    }
    return PackageTimes.of(ready, MERGED);
  }

  private static Map<String, List<Long>> plain(PackageTimes times) {
    return times.byPath().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, path -> List.copyOf(path.getValue())));
  }
}
