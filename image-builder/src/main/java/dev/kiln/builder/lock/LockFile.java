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

/** A lock where it is kept. */
public final class LockFile {
  /** Bytes; a lock of a large image has some hundred thousand. */
  private static final long LARGEST = 64L << 20;

  private LockFile() {}

  /** Where a profile's lock is kept unless told otherwise: in the working directory. */
  public static Path placeOf(Profile profile) {
    return Path.of(profile.name() + ".lock.json");
  }

  /** Reads a lock that was made for this very profile. */
  public static Lock read(Path file, Profile profile) {
    Lock lock = read(file);
    if (!lock.profile().equals(profile.name()) || !lock.profileDigest().equals(profile.digest())) {
      throw KilnException.input(
          file
              + " was made for another profile, or for '"
              + profile.name()
              + "' before it was changed",
          "Make it again: builder lock --profile " + profile.name());
    }
    return lock;
  }

  public static void write(Path file, Lock lock) {
    try {
      AtomicFile.write(file, Json.write(lock));
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }

  private static Lock read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw KilnException.input(
            file + " is larger than any lock", "Check that this is the file you meant");
      }
      return Json.read(file.toString(), Files.readAllBytes(file), Lock.class);
    } catch (NoSuchFileException e) {
      throw new KilnException(
          KilnException.Kind.INPUT, "there is no lock " + file, "Make it: builder lock", e);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }
}
