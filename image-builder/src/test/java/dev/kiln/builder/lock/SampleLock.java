package dev.kiln.builder.lock;

import dev.kiln.document.UtcTime;
import dev.kiln.file.Digest;
import dev.kiln.lock.IndexName;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedDistribution;
import dev.kiln.lock.LockedIndex;
import dev.kiln.lock.LockedPackage;
import dev.kiln.lock.LockedPin;
import dev.kiln.lock.LockedSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Locks for tests that look at something else. */
public final class SampleLock {
  /** The one index that its packages come from. */
  public static final IndexName INDEX =
      new IndexName("debian", "bookworm", UtcTime.parse("2026-11-20T08:12:44Z"));

  public static final LockedDistribution DISTRIBUTION =
      new LockedDistribution("debian", "debian", "bookworm");

  private SampleLock() {}

  /** The lock of {@code debian12} with these parts, whose kit and boot tools are empty. */
  public static Lock of(
      List<LockedPackage> packages, List<LockedPin> pins, List<LockedBuild> builds) {
    return of("debian12", Digest.of("a profile"), packages, pins, builds);
  }

  public static Lock of(
      String profile,
      Digest profileDigest,
      List<LockedPackage> packages,
      List<LockedPin> pins,
      List<LockedBuild> builds) {
    return new Lock(
        Lock.VERSION,
        profile,
        profileDigest,
        set(packages),
        List.of(),
        List.of(),
        set(List.of()),
        List.of(set(List.of())),
        pins,
        builds);
  }

  /** Packages with the indexes that they name. */
  public static LockedSet set(List<LockedPackage> packages) {
    List<LockedIndex> indexes =
        Stream.concat(Stream.of(INDEX), packages.stream().map(LockedPackage::index))
            .distinct()
            .map(SampleLock::index)
            .toList();
    return new LockedSet(DISTRIBUTION, "amd64", false, indexes, packages);
  }

  /** A package that is related to no other. */
  public static LockedPackage binary(String name, String version, String architecture, byte[] deb) {
    return binary(name, version, architecture, "pool/" + name + ".deb", deb);
  }

  public static LockedPackage binary(
      String name, String version, String architecture, String path, byte[] deb) {
    return new LockedPackage(
        name, version, architecture, INDEX, path, deb.length, Digest.of(deb), "test", Map.of());
  }

  private static LockedIndex index(IndexName name) {
    return new LockedIndex(
        name, List.of("main"), Digest.of("keys"), Digest.of(name.toString()), false);
  }
}
