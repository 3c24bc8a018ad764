package dev.kiln.builder.bake;

import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.tree.SealTree;
import dev.kiln.builder.tree.SettleTree;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tree of the {@code os} layer while it is made. */
final class OsTree {
  private final OsRecipe recipe;
  private final BaseSystem base;
  private final SystemTree system;
  private final PathTimes times;

  /**
   * Prepares one, from packages and a base system that were checked.
   *
   * @param times of all of its packages
   */
  OsTree(OsRecipe recipe, BaseSystem base, SystemTree system, PathTimes times) {
    this.recipe = recipe;
    this.base = base;
    this.system = system;
    this.times = times;
  }

  void install(Progress progress) throws IOException {
    InstallSystem installer = recipe.family().installer();
    List<ReadyPackage> others = recipe.packagesBeside(base.recipe());
    system.fill(
        recipe.packages(),
        empty -> {
          progress.step("unpack-base", () -> base.putInto(empty, system.kit()));
          installer.install(system.system(others, recipe.architecture(), times.newest()), progress);
        });
  }

  KernelFiles takeKernel(Path directory) {
    return KernelFiles.take(system.tree(), recipe.family().kernel(), directory);
  }

  LayerPaths seal() {
    InstallSystem installer = recipe.family().installer();
    new SealTree(system.kit().sandbox()).seal(system.tree(), installer.sealing(), recipe.rules());
    return new SettleTree(system.kit(), installer.makers(), base.made())
        .settle(system.tree(), times, recipe.rules());
  }

  Map<String, Digest> pack(Digest key, SquashfsCompression compression, Path entry) {
    return new PackLayer(system.kit(), compression)
        .pack(
            OsLayer.NAME,
            key,
            TreeToPack.installed(system.tree(), times.newest(), recipe.family().attributes()),
            entry);
  }
}
