package dev.kiln.builder.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.lock.LockedBuild;
import java.util.List;

/**
 * Everything a build is made from, on this machine, each checked by its digest in the lock.
 *
 * @param source the files of the source, in the lock's order
 * @param toolchain the ready packages of the build's root, in the lock's order
 */
public record BuildInputs(List<CachedFile> source, List<ReadyPackage> toolchain) {
  public BuildInputs {
    source = List.copyOf(source);
    toolchain = List.copyOf(toolchain);
  }

  /** Reads each once: what is then used is what was fetched. */
  void check() {
    CachedFile.checkAll(source);
    ReadyPackage.checkAll(toolchain);
  }

  /** Brings the inputs of a build. Asked only when the build has to run. */
  @FunctionalInterface
  public interface Supplier {
    BuildInputs bring(LockedBuild build);
  }
}
