package dev.kiln.builder.lock;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.lock.Lock;
import dev.kiln.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A lock on disk: {@code NAME.lock.json}, beside the user's profile, kept in git. */
public final class LockFile {
  /** A real lock has a few hundred kilobytes. */
  private static final long MOST_BYTES = 32L << 20;

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

  /** Reads a lock and refuses one that was made for another profile, or before it was changed. */
  public static Lock read(Path file, Profile profile) {
    Lock lock = Json.read(file.toString(), content(file, profile), Lock.class);
    if (!lock.profile().equals(profile.name())) {
      throw KilnException.input(
          file + " is the lock of the profile " + lock.profile() + ", not of " + profile.name(),
          "Name the right lock");
    }
    if (!lock.profileDigest().equals(profile.digest())) {
      throw KilnException.input(
          file + " was made before the profile " + profile.name() + " was changed",
          "Make it again: " + command(file, profile));
    }
    return lock;
  }

  private static byte[] content(Path file, Profile profile) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw KilnException.input(
            file + " has more than " + MOST_BYTES + " bytes, which no lock has",
            "Name the right lock");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          "there is no lock " + file,
          "Make it: " + command(file, profile),
          e);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  private static String command(Path file, Profile profile) {
    return "builder lock --profile " + profile.name() + " --output " + file;
  }
}
