package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.util.List;

/**
 * A pin that is built: its sources, the packages of its toolchain, and the digest of how.
 *
 * @param name the profile's name of it
 * @param version of what comes out
 * @param source what it is built from
 * @param toolchain every package of the build's own root, its dependencies included; none where the
 *     sources bring a toolchain
 * @param recipe digest of what the profile says is done with them
 */
public record LockedBuild(
    String name,
    String version,
    LockedSource source,
    List<LockedPackage> toolchain,
    Digest recipe) {
  public LockedBuild {
    toolchain = List.copyOf(toolchain);
  }
}
