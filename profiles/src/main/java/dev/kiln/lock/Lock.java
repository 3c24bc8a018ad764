package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The lock of a profile: every package, pin and source with its SHA-256. It names no mirror and no
 * time but those of the indexes, so the same choice is always the same bytes; it is meant to be
 * kept in git.
 *
 * @param version of this format
 * @param profile the profile's name
 * @param profileDigest of the profile with everything it extends
 * @param os the packages of the {@code os} layer, for the image's architecture
 * @param modules streams of modules that are switched on; RPM alone has them
 * @param bases root file systems that the packages are installed into; none for an empty one
 * @param boot the packages whose tools run in the initrd, for the image's architecture
 * @param kits the packages whose tools a bake runs, a set for each architecture of a machine that
 *     bakes
 * @param pins upstream binaries
 * @param builds pins that are built
 */
public record Lock(
    int version,
    String profile,
    Digest profileDigest,
    LockedSet os,
    List<LockedModule> modules,
    List<LockedBase> bases,
    LockedSet boot,
    List<LockedSet> kits,
    List<LockedPin> pins,
    List<LockedBuild> builds) {
  /** The format this program writes and reads. */
  public static final int VERSION = 3;

  /** The lock's name in an image directory. */
  public static final String FILE = "lock.json";

  /** Bytes; the lock of a thousand packages has a million. */
  public static final int MAX_SIZE = 1 << 24;

  public Lock {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "this lock has format " + version + "; this program reads format " + VERSION);
    }
    modules = List.copyOf(modules);
    bases = List.copyOf(bases);
    kits = List.copyOf(kits);
    pins = List.copyOf(pins);
    builds = List.copyOf(builds);
    if (kits.stream().map(LockedSet::architecture).distinct().count() != kits.size()) {
      throw new IllegalArgumentException("it has two kits for one architecture");
    }
    if (!os.architecture().equals(boot.architecture())) {
      throw new IllegalArgumentException(
          "its packages are for "
              + os.architecture()
              + ", those of its initrd for "
              + boot.architecture());
    }
  }

  /** Kiln's name of the image's architecture, such as {@code amd64}. */
  public String architecture() {
    return os.architecture();
  }

  /** The distribution that the image is made of. */
  public LockedDistribution distribution() {
    return os.distribution();
  }

  /** The packages of the {@code os} layer, sorted by name. */
  public List<LockedPackage> packages() {
    return os.packages();
  }

  /** The tools for a machine of this architecture that bakes. */
  public Optional<LockedSet> kit(String hostArchitecture) {
    return kits.stream().filter(kit -> kit.architecture().equals(hostArchitecture)).findFirst();
  }
}
