package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.List;

/**
 * The lock of a profile: every package, pin and source with its SHA-256. It names no mirror and no
 * time, so the same choice is always the same bytes; it is meant to be kept in git.
 *
 * @param version of this format
 * @param profile the profile's name
 * @param profileDigest of the profile with everything it extends
 * @param architecture Debian's name of it, such as {@code amd64}
 * @param repositories the signed indexes that were read
 * @param packages of the {@code os} layer, sorted by name
 * @param kit the packages that hold the tools a bake runs
 * @param pins upstream binaries
 * @param builds pins built from source packages
 */
public record Lock(
    int version,
    String profile,
    Digest profileDigest,
    String architecture,
    List<LockedRepository> repositories,
    List<LockedPackage> packages,
    List<LockedPackage> kit,
    List<LockedPin> pins,
    List<LockedBuild> builds) {
  /** The format this program writes and reads. */
  public static final int VERSION = 1;

  /** The lock's name in an image directory. */
  public static final String FILE = "lock.json";

  /** Bytes; the lock of a thousand packages has half a million. */
  public static final int MAX_SIZE = 1 << 24;

  public Lock {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "this lock has format " + version + "; this program reads format " + VERSION);
    }
    repositories = List.copyOf(repositories);
    packages = List.copyOf(packages);
    kit = List.copyOf(kit);
    pins = List.copyOf(pins);
    builds = List.copyOf(builds);
  }
}
