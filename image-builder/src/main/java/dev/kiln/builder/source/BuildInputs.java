package dev.kiln.builder.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.lock.LockedBuild;
import java.util.List;

/** Everything a build is made from, on this machine, each checked by its digest in the lock. */
public sealed interface BuildInputs {
  /** Reads each once: what is then used is what was fetched. */
  void check();

  /**
   * Of a source package.
   *
   * @param source its files, in the lock's order
   * @param toolchain the ready packages of the build's root, in the lock's order
   */
  record OfPackage(List<CachedFile> source, List<ReadyPackage> toolchain) implements BuildInputs {
    public OfPackage {
      source = List.copyOf(source);
      toolchain = List.copyOf(toolchain);
    }

    @Override
    public void check() {
      CachedFile.checkAll(source);
      ReadyPackage.checkAll(toolchain);
    }
  }

  /**
   * Of Go modules.
   *
   * @param modules their files, in the lock's order
   * @param toolchain the archive of the compiler
   */
  record OfModules(List<CachedFile> modules, CachedFile toolchain) implements BuildInputs {
    public OfModules {
      modules = List.copyOf(modules);
    }

    @Override
    public void check() {
      CachedFile.checkAll(modules);
      toolchain.check();
    }
  }

  /** Brings the inputs of a build. Asked only when the build has to run. */
  @FunctionalInterface
  interface Supplier {
    BuildInputs bring(LockedBuild build);
  }
}
