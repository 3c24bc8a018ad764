package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the {@code os} layer: from packages to a tree, and from that to a squashfs and a kernel.
 */
final class AssembleOs {
  private final Cache cache;
  private final Tools tools;
  private final OsRecipe recipe;
  private final Progress progress;

  AssembleOs(Cache cache, Tools tools, OsRecipe recipe, Progress progress) {
    this.cache = cache;
    this.tools = tools;
    this.recipe = recipe;
    this.progress = progress;
  }

  /**
   * The layer while it is made.
   *
   * @param entry its directory
   * @param hashed the files of it that were hashed while they were written
   */
  record Unfinished(Digest key, Path entry, Map<String, Digest> hashed) {
    Path kernel() {
      return entry.resolve(OsLayer.KERNEL);
    }

    /** What else of an image needs of it, as soon as the kernel is there. */
    TakenKernel taken() {
      KernelFiles files = new KernelFiles(kernel());
      return new TakenKernel(key, SquashfsCompression.of(files.codecs().squashfs()), () -> files);
    }
  }

  /** What is done where the cache does not have the layer. */
  @FunctionalInterface
  interface Making {
    void make(Unfinished layer) throws IOException;
  }

  /** Takes the layer from the cache, where it is made if it is not there yet. */
  OsLayer layer(Making making) {
    Digest key = recipe.key(tools);
    return new OsLayer(
        cache.hashedEntry(
            "os-layer",
            key,
            target -> {
              Unfinished layer =
                  new Unfinished(key, Files.createDirectory(target), new HashMap<>());
              making.make(layer);
              return layer.hashed();
            }));
  }

  /** The installed tree; its kernel is already where the layer will have it. */
  OsTree tree(SystemTree.Room room, Unfinished layer) throws IOException {
    Kit kit = tools.kit();
    progress.step("check-packages", () -> ReadyPackage.checkAll(recipe.packages()));
    SystemTree system = new SystemTree(kit, cache.scratch(OsLayer.NAME), room);
    try {
      OsTree tree = begin(system);
      tree.install(progress);
      KernelFiles kernel = progress.step("take-kernel", () -> tree.takeKernel(layer.kernel()));
      progress.detail(kernel.codecs().words());
      return tree;
    } catch (IOException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /** What packages say of their files is read while the base system is. */
  private OsTree begin(SystemTree system) {
    try (Beside<OsRecipe> reading = new Beside<>()) {
      Beside.Work<PathTimes> times = reading.then(OsRecipe::times);
      reading.begin(recipe);
      BaseSystem base = base(recipe.base(), system.room());
      progress.step("check-base", base::check);
      return new OsTree(recipe, base, system, times.result());
    }
  }

  private BaseSystem base(BaseRecipe of, SystemTree.Room room) {
    return new BaseSystem(
        of,
        cache.entry(
            BaseSystem.KIND,
            of.key(tools),
            target -> {
              try (SystemTree system =
                  new SystemTree(tools.kit(), cache.scratch(BaseSystem.KIND), room)) {
                BaseSystem.make(of, system, progress, target);
              }
            }));
  }
}
