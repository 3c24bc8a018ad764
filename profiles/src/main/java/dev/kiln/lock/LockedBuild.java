package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.List;

/**
 * A pin that is built: its sources, the packages of its toolchain, and the digest of its commands.
 *
 * @param name the profile's name of it
 * @param version of what comes out
 * @param source the files of the source package, the .dsc first
 * @param toolchain every package of the build's own root, its dependencies included
 * @param recipe digest of the commands and outputs in the profile
 */
public record LockedBuild(
    String name,
    String version,
    List<LockedSourceFile> source,
    List<LockedPackage> toolchain,
    Digest recipe) {
  public LockedBuild {
    source = List.copyOf(source);
    toolchain = List.copyOf(toolchain);
  }

  /**
   * One file of a source package.
   *
   * @param repository the profile's name of the repository it comes from
   * @param path below the repository's root
   * @param size bytes
   */
  public record LockedSourceFile(String repository, String path, long size, Digest digest) {
    public LockedSourceFile {
      path = RepositoryPath.checked(path, "a source package");
    }
  }
}
