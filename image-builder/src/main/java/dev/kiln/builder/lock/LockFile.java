package dev.kiln.builder.lock;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.BoundedFile;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A lock on disk: {@code NAME.lock.json}, beside the user's profile, kept in git. */
public final class LockFile {
  private LockFile() {}

  /** Where a profile's lock is kept when nobody says otherwise. */
  public static Path placeOf(Profile profile) {
    return Path.of(profile.name() + ".lock.json");
  }

  /** Writes the lock: whole, or not at all. */
  public static void write(Path file, Lock lock) {
    try {
      AtomicFile.write(file, Json.write(lock));
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  /**
   * Reads a lock and refuses one that was made for another profile, or before it was changed.
   *
   * @param named how the user named the profile, to be said in an advice
   */
  public static Lock read(Path file, Profile profile, String named) {
    String command = "builder lock --profile " + named + " --output " + file;
    Lock lock = Json.read(file.toString(), content(file, command), Lock.class);
    if (!lock.profile().equals(profile.name())) {
      throw KilnException.input(
          file + " is the lock of the profile " + lock.profile() + ", not of " + profile.name(),
          "Name the right lock");
    }
    if (!lock.profileDigest().equals(profile.digest())) {
      throw KilnException.input(
          file + " was made before the profile " + profile.name() + " was changed",
          "Make it again: " + command);
    }
    if (!namesTheSame(lock, profile)) {
      throw KilnException.input(
          file + " names other pins or builds than the profile " + profile.name(),
          "Make it again: " + command);
    }
    return lock;
  }

  private static byte[] content(Path file, String command) {
    if (!Files.exists(file)) {
      throw KilnException.input("there is no lock " + file, "Make it: " + command);
    }
    return BoundedFile.read(file, Lock.MAX_SIZE);
  }

  /** What a profile says itself must not be changed in its lock. */
  private static boolean namesTheSame(Lock lock, Profile profile) {
    List<String> builds = lock.builds().stream().map(LockedBuild::name).toList();
    return lock.pins().equals(LockProfile.pins(profile))
        && builds.equals(List.copyOf(profile.builds().keySet()));
  }
}
