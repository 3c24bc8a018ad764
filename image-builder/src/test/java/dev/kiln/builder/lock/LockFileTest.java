package dev.kiln.builder.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedModule;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockFileTest {
  private final Profile profile = KnownFamilies.CATALOG.find("debian12");
  @TempDir private Path directory;

  @Test
  void readsWhatItWrote() {
    Path file = directory.resolve("debian12.lock.json");
    Lock lock = lock("debian12", profile.digest());

    LockFile.write(file, lock);

    assertThat(LockFile.read(file, profile, "debian12", new InputFiles())).isEqualTo(lock);
  }

  @Test
  void isKeptUnderTheProfilesName() {
    assertThat(LockFile.placeOf(profile)).hasToString("debian12.lock.json");
  }

  @Test
  void refusesTheLockOfAnotherProfile() {
    Path file = directory.resolve("l.json");
    LockFile.write(file, lock("other", profile.digest()));

    assertThatThrownBy(() -> LockFile.read(file, profile, "debian12", new InputFiles()))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            file + " is the lock of the profile other, not of debian12. Name the right lock.");
  }

  @Test
  void refusesALockThatIsOlderThanTheProfile() {
    Path file = directory.resolve("l.json");
    LockFile.write(file, lock("debian12", Digest.of("before")));

    assertThatThrownBy(() -> LockFile.read(file, profile, "debian12", new InputFiles()))
        .hasMessage(
            file
                + " was made before the profile debian12 was changed. Make it again: builder lock"
                + " --profile debian12 --output "
                + file
                + ".");
  }

  @Test
  void refusesALockWhosePinsAreNotTheProfiles() {
    Path file = directory.resolve("l.json");
    LockFile.write(file, lock("debian12", profile.digest(), List.of()));

    assertThatThrownBy(() -> LockFile.read(file, profile, "./mine.yaml", new InputFiles()))
        .hasMessage(
            file
                + " names other pins, builds or tools than the profile debian12. Make it again: builder"
                + " lock --profile ./mine.yaml --output "
                + file
                + ".");
  }

  @Test
  void saysHowToMakeAMissingLock() {
    Path file = directory.resolve("none.json");

    assertThatThrownBy(() -> LockFile.read(file, profile, "debian12", new InputFiles()))
        .hasMessage(
            "there is no lock "
                + file
                + ". Make it: builder lock --profile debian12 --output "
                + file
                + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\": 1, \"measurements\": [1, 2, 3]}",
        "{\"version\": 1, \"profile\": \"of a person\"}",
        "[1, 2]",
        ""
      })
  void takesNoOthersFileForAnOlderLockThatMayBeReplaced(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("data.json"), content);

    assertThatThrownBy(() -> LockFile.findReadable(file, profile, "debian12"))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void refusesWhatIsNoLock() throws IOException {
    Path file = directory.resolve("l.json");
    Files.writeString(file, "{\"version\": 3}");

    assertThatThrownBy(() -> LockFile.read(file, profile, "debian12", new InputFiles()))
        .hasMessageStartingWith(file + " is not a lock that Kiln wrote: ");
  }

  @Test
  void refusesALockWhoseToolsAreOfAnotherDistributionThanTheProfilesKit() throws IOException {
    Profile other =
        KnownFamilies.CATALOG.find(
            Files.writeString(
                    directory.resolve("other.yaml"),
                    "name: debian12\nextends: debian12\nkit: {distribution: {release: trixie}}\n")
                .toString());
    Path file = directory.resolve("l.json");
    LockFile.write(file, lock("debian12", other.digest()));

    assertThatThrownBy(() -> LockFile.read(file, other, "other.yaml", new InputFiles()))
        .hasMessageContaining("names other pins, builds or tools than the profile");
  }

  /** A lock that is kept must not be written back without what only a newer builder can install. */
  @Test
  void refusesWhatThisProgramCannotInstallBeforeAnythingIsKept() {
    Path file = directory.resolve("l.json");
    Lock lock = lock("debian12", profile.digest());
    LockFile.write(
        file,
        new Lock(
            lock.version(),
            lock.profile(),
            lock.profileDigest(),
            lock.os(),
            List.of(new LockedModule("container-tools", "4.0", 1, "abc")),
            List.of(),
            lock.boot(),
            lock.kits(),
            lock.pins(),
            lock.builds()));

    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> LockFile.find(file, profile, "debian12"),
            () -> LockFile.findReadable(file, profile, "debian12"),
            () -> LockFile.read(file, profile, "debian12", new InputFiles()))) {
      assertThatThrownBy(reading)
          .hasMessage(
              file
                  + " names modules or bases, which this program cannot install. Use a newer"
                  + " builder.")
          .extracting("kind")
          .isEqualTo(KilnException.Kind.UNSUPPORTED);
    }
  }

  private Lock lock(String name, Digest profileDigest) {
    return lock(name, profileDigest, LockProfile.pins(profile));
  }

  private Lock lock(String name, Digest profileDigest, List<LockedPin> pins) {
    Lock lock = SampleLock.of(name, profileDigest, List.of(), pins, List.of());
    return new Lock(
        lock.version(),
        lock.profile(),
        lock.profileDigest(),
        lock.os(),
        lock.modules(),
        lock.bases(),
        tools(profile.kit().boot()),
        List.of(tools(profile.kit().host())),
        lock.pins(),
        lock.builds());
  }

  private static LockedSet tools(Map<String, String> wanted) {
    return SampleLock.set(
        wanted.keySet().stream()
            .map(name -> SampleLock.binary(name, "1", "amd64", new byte[] {1}))
            .toList());
  }
}
