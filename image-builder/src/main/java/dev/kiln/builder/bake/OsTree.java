package dev.kiln.builder.bake;

import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.tree.SealTree;
import dev.kiln.builder.tree.SettleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tree of the {@code os} layer while it is made. */
final class OsTree implements AutoCloseable {
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

  /** Settles what is part of the layer, and packs it into the layer's entry. */
  void seal(AssembleOs.Unfinished layer, Progress progress) throws IOException {
    progress.step("settle", this::settle).write(layer.entry());
    progress.step("pack", () -> pack(layer));
  }

  private LayerPaths settle() {
    InstallSystem installer = recipe.family().installer();
    new SealTree(system.kit().sandbox()).seal(system.tree(), installer.sealing(), recipe.rules());
    return new SettleTree(system.kit(), installer.makers(), base.made())
        .settle(system.tree(), times, recipe.rules());
  }

  private void pack(AssembleOs.Unfinished layer) {
    layer
        .hashed()
        .putAll(
            new PackLayer(system.kit(), layer.taken().compression())
                .pack(
                    OsLayer.NAME,
                    layer.key(),
                    TreeToPack.installed(
                        system.tree(), times.newest(), recipe.family().attributes()),
                    layer.entry()));
  }

  @Override
  public void close() {
    system.close();
  }
}
