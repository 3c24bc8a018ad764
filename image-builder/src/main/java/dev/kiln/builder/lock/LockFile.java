package dev.kiln.builder.lock;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.InputFiles;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A lock on disk: {@code NAME.lock.json}, in the working directory where nobody says otherwise,
 * kept in git.
 */
public final class LockFile {
  private LockFile() {}

  /** Where a profile's lock is kept when nobody says otherwise. */
  public static Path placeOf(Profile profile) {
    return Path.of(profile.name() + ".lock.json");
  }

  /** As {@link #write(Path, Lock, InputFiles)}, where nobody asks what is there now. */
  public static boolean write(Path file, Lock lock) {
    return write(file, lock, new InputFiles());
  }

  /**
   * Writes the lock: whole, or not at all.
   *
   * @param inputs is told of what is there now
   * @return whether there was anything to write
   */
  public static boolean write(Path file, Lock lock, InputFiles inputs) {
    byte[] content = Json.write(lock);
    inputs.read(file, content);
    try {
      if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        return false;
      }
      AtomicFile.write(file, content);
      return true;
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  /**
   * The lock that a new one is to differ from as little as it can; empty where there is none.
   *
   * @param named how the user named the profile, to be said in an advice
   */
  public static Optional<Lock> find(Path file, Profile profile, String named) {
    return Files.exists(file)
        ? Optional.of(
            parse(file, content(file), profile, "builder lock --update --profile " + named))
        : Optional.empty();
  }

  /**
   * As {@link #find}, where a lock of an older format is not missed: it is about to be replaced.
   * Each format has named its profile and its packages: what does not is another's file.
   */
  public static Optional<Lock> findReadable(Path file, Profile profile, String named) {
    return Files.exists(file) && isOlder(content(file))
        ? Optional.empty()
        : find(file, profile, named);
  }

  private static boolean isOlder(byte[] content) {
    Set<String> keys = Json.keysOf(content);
    return Json.versionOf(content, Lock.VERSION) < Lock.VERSION
        && keys.contains("profile")
        && (keys.contains("packages") || keys.contains("os"));
  }

  /**
   * Reads a lock to be taken as it is, and refuses one that was made for another profile, or before
   * it was changed.
   *
   * @param named how the user named the profile, to be said in an advice
   * @param inputs is told of what was read
   */
  public static Lock read(Path file, Profile profile, String named, InputFiles inputs) {
    String command = "builder lock --profile " + named + " --output " + file;
    if (!Files.exists(file)) {
      throw KilnException.input("there is no lock " + file, "Make it: " + command);
    }
    byte[] content = content(file);
    inputs.read(file, content);
    Lock lock = parse(file, content, profile, command);
    if (!lock.profileDigest().equals(profile.digest())) {
      throw KilnException.input(
          file + " was made before the profile " + profile.name() + " was changed",
          "Make it again: " + command);
    }
    if (!namesTheSame(lock, profile)) {
      throw KilnException.input(
          file + " names other pins, builds or tools than the profile " + profile.name(),
          "Make it again: " + command);
    }
    return lock;
  }

  private static Lock parse(Path file, byte[] content, Profile profile, String command) {
    refuseOtherFormats(file, content, command);
    Lock lock = Json.read(file.toString(), content, Lock.class);
    if (!lock.profile().equals(profile.name())) {
      throw KilnException.input(
          file + " is the lock of the profile " + lock.profile() + ", not of " + profile.name(),
          "Name the right lock");
    }
    refuseWhatNobodyInstalls(file, lock);
    return lock;
  }

  /** The format has them for families to come: whoever has them locked must not get less. */
  private static void refuseWhatNobodyInstalls(Path file, Lock lock) {
    if (!lock.modules().isEmpty() || !lock.bases().isEmpty()) {
      throw KilnException.unsupported(
          file + " names modules or bases, which this program cannot install",
          "Use a newer builder");
    }
  }

  /** Before anything else: another format has other keys, which tell a reader nothing. */
  private static void refuseOtherFormats(Path file, byte[] content, String command) {
    int version = Json.versionOf(content, Lock.VERSION);
    if (version > Lock.VERSION || isOlder(content)) {
      throw KilnException.input(
          file + " has format " + version + "; this program reads format " + Lock.VERSION,
          version < Lock.VERSION ? "Make it again: " + command : "Use a newer builder");
    }
  }

  private static byte[] content(Path file) {
    return BoundedFile.read(file, Lock.MAX_SIZE);
  }

  /** What a profile says itself must not be changed in its lock. */
  private static boolean namesTheSame(Lock lock, Profile profile) {
    List<String> builds = lock.builds().stream().map(LockedBuild::name).toList();
    return lock.pins().equals(LockProfile.pins(profile))
        && builds.equals(List.copyOf(profile.builds().keySet()))
        && lock.boot().distribution().equals(LockProfile.locked(profile.kit().distribution()))
        && lock.boot().hasAll(profile.kit().boot().keySet())
        && lock.kits().stream().allMatch(kit -> kit.hasAll(profile.kit().host().keySet()));
  }
}
