package dev.kiln.lock;

import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One binary package.
 *
 * @param name the package
 * @param version the distribution's version text
 * @param architecture the package's own, such as {@code amd64} or {@code all}
 * @param index the generation of the index it was chosen from
 * @param path below the repository's root
 * @param size bytes
 * @param digest of the package file
 * @param reason why it is here: the profile's words, or the package that asked for it
 * @param relations what its index says of other packages, by the names of its fields: enough to
 *     choose again without any index, also when no mirror has this version any more
 */
public record LockedPackage(
    String name,
    String version,
    String architecture,
    IndexName index,
    String path,
    long size,
    Digest digest,
    String reason,
    Map<String, String> relations) {
  /** What deb-control(5) and rpm-spec(5) allow, and not a path. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");

  public LockedPackage {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + Shown.of(name) + "' is not a name of a package");
    }
    path = RepositoryPath.checked(path, name);
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a size of " + size);
    }
    relations = Collections.unmodifiableMap(new TreeMap<>(relations));
  }

  /** The same package, which is there for another reason. */
  public LockedPackage with(String newReason) {
    return new LockedPackage(
        name, version, architecture, index, path, size, digest, newReason, relations);
  }

  /** The profile's name of the repository it comes from. */
  public String repository() {
    return index.repository();
  }
}
