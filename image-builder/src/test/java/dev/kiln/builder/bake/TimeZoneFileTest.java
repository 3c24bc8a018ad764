package dev.kiln.builder.bake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedSet;
import dev.kiln.profile.Profile;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZoneFileTest {
  /** Of the package tzdata alone. */
  private static final String BERLIN = "usr/share/zoneinfo/Europe/Berlin";

  @TempDir private Path directory;

  @Test
  void isOneOfTheImagesOwnDatabase() throws IOException {
    assertThatCode(() -> require("Europe/Berlin", "tzdata")).doesNotThrowAnyException();
    assertThatThrownBy(() -> require("US/Pacific", "tzdata"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("the time zone 'US/Pacific' of the zone 'default' is not known")
        .hasMessageContaining("/usr/share/zoneinfo/US/Pacific")
        .hasMessageContaining("tzdata-legacy");
  }

  /** Java's own database may be older or newer than the image's, and has names of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"EST", "America/Coyhaique", "SystemV/AST4", "Asia/Not_Yet", "Europe"})
  void isAskedOfTheImageAloneWhateverJavaKnows(String timeZone) {
    assertThatThrownBy(() -> require(timeZone, "tzdata"))
        .hasMessageContaining("no file /usr/share/zoneinfo/" + timeZone + " is in its packages");
    assertThatThrownBy(() -> require(timeZone, "busybox")).hasMessageContaining("Add the package");
  }

  @Test
  void isNeededByEveryZoneButTheUniversalOne() {
    assertThatThrownBy(() -> require("Europe/Berlin", "busybox"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("Add the package tzdata, or write Etc/UTC");
    assertThatCode(() -> require("Etc/UTC", "busybox")).doesNotThrowAnyException();
    assertThatCode(() -> require("Zulu", "busybox")).doesNotThrowAnyException();
  }

  private void require(String timeZone, String packageName) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("sample.yaml"),
            """
            name: sample
            description: A sample
            distribution: {name: debian, release: bookworm}
            architecture: amd64
            repositories:
              debian: {mirror: "http://deb.example/debian", suites: [bookworm], components: [main], keyring: debian-archive}
            packages: {include: {linux-image-amd64: kernel, %s: sample}}
            zones: {default: {timeZone: %s}}
            """
                .formatted(packageName, timeZone));
    Profile profile = KnownFamilies.CATALOG.find(file.toString());
    LockedPackage locked = SampleLock.binary(packageName, "1", "all", new byte[0]);
    new TimeZoneFile(
            profile,
            profile.zone(ZoneName.DEFAULT),
            KnownFamilies.DEBIAN.conventions(profile.distribution()))
        .requireIn(
            List.of(new ReadyPackage(locked, CachedFile.ofBlob(file, Digest.of("x")))),
            new OnlyBerlin());
  }

  /** Packages that are never opened. */
  private static final class OnlyBerlin implements PackageFormat {
    @Override
    public PathTimes times(List<ReadyPackage> packages, String architecture) {
      TreeMap<String, SortedSet<Long>> paths = new TreeMap<>();
      packages.forEach(each -> paths.put(BERLIN, new TreeSet<>(List.of(1L))));
      return new PathTimes(1, paths, Map.of());
    }

    @Override
    public String suffix() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void makeReady(LockedPackage expected, Path file, Path target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeFiles(List<ReadyPackage> packages, String architecture, OutputStream tar) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Function<String, SortedSet<String>> needs(LockedSet set) {
      throw new UnsupportedOperationException();
    }
  }
}
