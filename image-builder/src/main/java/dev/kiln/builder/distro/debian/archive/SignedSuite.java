package dev.kiln.builder.distro.debian.archive;

import dev.kiln.builder.distro.ArchiveSource;
import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.PackageIndex;
import dev.kiln.builder.distro.debian.index.PackageOrigin;
import dev.kiln.builder.distro.debian.index.SourceEntry;
import dev.kiln.builder.distro.debian.index.SourceIndex;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A suite whose Release file was verified: everything read through it is what was signed. */
public final class SignedSuite {
  private final ArchiveSource source;
  private final Suite suite;
  private final Release release;
  private final Digest digest;

  private SignedSuite(ArchiveSource source, Suite suite, Release release, Digest digest) {
    this.source = source;
    this.suite = suite;
    this.release = release;
    this.digest = digest;
  }

  /**
   * Reads the suite's signed file, InRelease or Release, and checks its signature, its dates and
   * its name.
   *
   * @param now the time that dates are compared with
   */
  public static SignedSuite open(ArchiveSource source, Suite suite, Instant now) {
    return open(source, suite, now, (file, made) -> {});
  }

  /**
   * The same, and asks more of it.
   *
   * @param more what else must be true of the file; a mirror whose file it refuses is passed over
   */
  public static SignedSuite open(
      ArchiveSource source, Suite suite, Instant now, ReleaseCondition more) {
    return source.readUnverified(
        suite.directory() + "InRelease",
        place -> {
          ReceivedRelease received = ReceivedRelease.from(place, suite);
          String name = received.name();
          suite.keyring().verify(name, received.text(), now);
          Release release = Release.parse(name, received.text().text());
          ReleaseChecks.check(name, suite, release, now);
          more.check(name, release.made());
          return new SignedSuite(source, suite, release, received.digest());
        });
  }

  public Suite suite() {
    return suite;
  }

  /** The components that it says to have, and the profile does not take. */
  public List<String> otherComponents() {
    return release.components().stream()
        .filter(component -> !component.isEmpty() && !suite.components().contains(component))
        .distinct()
        .toList();
  }

  /** When the Release file was made. */
  public Instant made() {
    return release.made();
  }

  /** Of the InRelease file, or of the Release file where there is none. */
  public Digest digest() {
    return digest;
  }

  /** The Packages indexes of all components, in the profile's order. */
  public List<IndexEntry> packages(String architecture) {
    PackageOrigin origin =
        new PackageOrigin(suite.repository(), suite.name(), release.preference());
    if (suite.isFlat()) {
      return packages("Packages", origin);
    }
    List<IndexEntry> entries = new ArrayList<>();
    for (String component : suite.components()) {
      for (String path : indexes(component, architecture)) {
        entries.addAll(packages(path, origin));
      }
    }
    return entries;
  }

  /** As in apt, one of the two may be missing: packages for all may stand among the others. */
  private List<String> indexes(String component, String architecture) {
    String own = component + "/binary-" + architecture + "/Packages";
    String all = component + "/binary-all/Packages";
    boolean hasAll = release.separateAll() && CompressedIndex.find(release, all).isPresent();
    if (!hasAll) {
      return List.of(own);
    }
    return CompressedIndex.find(release, own).isPresent() ? List.of(own, all) : List.of(all);
  }

  /** Looks for a source package in the Sources indexes of all components. */
  public Optional<SourceEntry> source(String name, String version) {
    List<String> paths =
        suite.isFlat()
            ? List.of("Sources")
            : suite.components().stream().map(each -> each + "/source/Sources").toList();
    for (String path : paths) {
      Optional<SourceEntry> found =
          read(path, in -> SourceIndex.find(nameOf(path), in, name, version));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<IndexEntry> packages(String path, PackageOrigin origin) {
    return read(path, in -> PackageIndex.read(in, origin));
  }

  private <T> T read(String path, IndexReader<T> reader) {
    CompressedIndex index = CompressedIndex.find(release, path).orElseThrow(() -> notListed(path));
    ReleaseFile file = index.file();
    byte[] compressed = source.readVerified(pathsOf(file), file.size(), file.digest());
    try (InputStream in = index.decompress(compressed)) {
      return reader.read(in);
    } catch (IOException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          nameOf(file.path()) + " cannot be unpacked: " + e.getMessage(),
          "Use another mirror",
          e);
    }
  }

  private KilnException notListed(String path) {
    String mend =
        suite.isFlat()
            ? "Name the directory that holds the indexes as suite"
            : "Its components are " + String.join(", ", release.components());
    return KilnException.input(nameOf(path) + " is not listed in the suite's Release file", mend);
  }

  /** By its digest first: a mirror that is being updated still has what the old Release named. */
  private List<String> pathsOf(ReleaseFile file) {
    String plain = suite.directory() + file.path();
    if (!release.byHash()) {
      return List.of(plain);
    }
    String directory = plain.substring(0, plain.lastIndexOf('/') + 1);
    return List.of(directory + "by-hash/SHA256/" + file.digest().hex(), plain);
  }

  private String nameOf(String path) {
    return source.name() + "/" + suite.directory() + path;
  }

  /** What a caller asks of a Release file whose signature is good. */
  @FunctionalInterface
  public interface ReleaseCondition {
    /**
     * Refuses it, or does nothing.
     *
     * @param file what errors call it
     * @param made its date
     */
    void check(String file, Instant made);
  }

  private interface IndexReader<T> {
    T read(InputStream in) throws IOException;
  }
}
