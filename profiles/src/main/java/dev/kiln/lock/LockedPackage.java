package dev.kiln.lock;

import dev.kiln.file.Digest;

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
  public LockedPackage {
    path = RepositoryPath.checked(path, name);
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a size of " + size);
    }
  }
}
