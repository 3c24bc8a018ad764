package dev.kiln.builder.source;

import dev.kiln.lock.LockedBuild;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything a build is made from, on this machine, each checked by its digest in the lock.
 *
 * @param source the files of the source package, in the lock's order
 * @param toolchain the ready packages of the build's root, in the lock's order
 */
public record BuildInputs(List<Path> source, List<Path> toolchain) {
  public BuildInputs {
    source = List.copyOf(source);
    toolchain = List.copyOf(toolchain);
  }

  /** Brings the inputs of a build. Asked only when the build has to run. */
  @FunctionalInterface
  public interface Supplier {
    BuildInputs bring(LockedBuild build);
  }
}
