package dev.kiln.builder.sbom;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.gomod.GoProgram;
import dev.kiln.file.Digest;
import dev.kiln.profile.Build;
import java.util.List;
import java.util.Optional;

/**
 * A program of the image that was compiled for it.
 *
 * @param name of the output, in its build
 * @param go what it says of the Go modules it is made of; empty where it is none of Go's
 */
public record BuiltProgram(String name, Digest digest, Optional<GoProgram> go) {
  /**
   * Those that a build gave.
   *
   * @param outputs as they are kept
   */
  public static List<BuiltProgram> all(Build build, CacheEntry outputs) {
    return build.outputs().keySet().stream()
        .map(
            name -> {
              CachedFile file = outputs.file(name);
              return new BuiltProgram(name, file.digest(), GoProgram.read(file.path()));
            })
        .toList();
  }
}
