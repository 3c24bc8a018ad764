package dev.kiln.builder.bake;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.KeptTree;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.tree.MadeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tree in which those packages are installed and configured that all others need. It is made once
 * and kept: every {@code os} layer of the same ones begins with it.
 *
 * @param recipe what it is made of
 * @param entry holds the tree, and whose scripts made what in it
 */
record BaseSystem(BaseRecipe recipe, CacheEntry entry) {
  /** What the cache calls its entries. */
  static final String KIND = "base-system";

  /** Makes one. */
  static void make(BaseRecipe recipe, SystemTree system, Progress progress, Path target)
      throws IOException {
    Files.createDirectory(target);
    InstallSystem installer = recipe.family().installer();
    PathTimes times = recipe.family().packages().times(recipe.packages(), recipe.architecture());
    system.fill(
        recipe.packages(),
        empty ->
            installer.installBase(
                system.system(recipe.packages(), recipe.architecture(), times.newest()), progress));
    MadeFiles.in(system.tree(), system.kit(), installer.makers(), times).write(target);
    TreeToPack tree =
        TreeToPack.installed(system.tree(), times.newest(), recipe.family().attributes());
    progress.step("keep-base", () -> new KeptTree(system.kit()).keep(tree, target));
  }

  /** Compares all of it with what was made. */
  void check() {
    entry.check();
  }

  /** Begins a tree with it, after it was checked. */
  void putInto(ImageTree empty, Kit kit) {
    new KeptTree(kit).putBack(entry, empty);
  }

  /** What scripts made in it. */
  MadeFiles made() {
    return MadeFiles.read(entry);
  }
}
