package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.regex.Pattern;

/**
 * One binary package.
 *
 * @param name the package
 * @param version the distribution's version text
 * @param architecture the package's own, such as {@code amd64} or {@code all}
 * @param repository the profile's name of the repository it comes from
 * @param path below the repository's root
 * @param size bytes
 * @param digest of the package file
 * @param reason why it is here: the profile's words, or the package that asked for it
 */
public record LockedPackage(
    String name,
    String version,
    String architecture,
    String repository,
    String path,
    long size,
    Digest digest,
    String reason) {
  /** What deb-control(5) and rpm-spec(5) allow, and not a path. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");

  public LockedPackage {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a name of a package");
    }
    path = RepositoryPath.checked(path, name);
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a size of " + size);
    }
  }
}
