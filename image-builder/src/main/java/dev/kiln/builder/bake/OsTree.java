package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.distro.InstallSystem.NewSystem;
import dev.kiln.builder.kernel.KernelCodecs;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.builder.sandbox.WorkspacePlace;
import dev.kiln.builder.tree.SealTree;
import dev.kiln.builder.tree.SettleTree;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The tree of the {@code os} layer while it is made. */
final class OsTree implements AutoCloseable {
  /**
   * Where it may be made.
   *
   * @param words is told where it is made, where that is not in memory
   */
  record Room(WorkspacePlace place, Consumer<String> words) {}

  private final OsRecipe recipe;
  private final Kit kit;
  private final Path scratch;
  private final Workspace workspace;
  private final PathTimes times;

  /**
   * Prepares one.
   *
   * @param scratch a directory that lives as long as the tree
   */
  OsTree(OsRecipe recipe, Kit kit, Scratch scratch, Room room) throws IOException {
    this.recipe = recipe;
    this.kit = kit;
    this.scratch = scratch.path();
    this.times = recipe.family().packages().times(recipe.packages(), recipe.architecture());
    this.workspace =
        kit.sandbox()
            .workspace(
                Files.createDirectory(this.scratch.resolve("tree")), room.place(), room.words());
  }

  void install(Progress progress) throws IOException {
    workspace.fill(sizeOf(recipe.packages()), empty -> installInto(empty, progress));
  }

  private void installInto(ImageTree empty, Progress progress) throws IOException {
    NewSystem system =
        new NewSystem(
            kit,
            empty,
            recipe.packages(),
            recipe.architecture(),
            Files.createTempDirectory(scratch, "packages"),
            times.newest());
    recipe.family().installer().install(system, progress);
  }

  KernelCodecs takeKernel(Path directory) {
    return KernelFiles.take(tree(), recipe.family().kernel(), directory).codecs();
  }

  LayerPaths seal() {
    InstallSystem installer = recipe.family().installer();
    new SealTree(kit.sandbox()).seal(tree(), installer.sealing(), recipe.rules());
    return new SettleTree(kit, installer.makers()).settle(tree(), times, recipe.rules());
  }

  void pack(Digest key, KernelCodecs codecs, Path entry) {
    new PackLayer(kit, SquashfsCompression.of(codecs.squashfs()))
        .pack(
            OsLayer.NAME,
            key,
            TreeToPack.installed(tree(), times.newest(), recipe.family().attributes()),
            entry);
  }

  @Override
  public void close() {
    workspace.close();
  }

  private ImageTree tree() {
    return workspace.tree();
  }

  /** Ready packages are not compressed: their files take about as much in a tree. */
  private static long sizeOf(List<ReadyPackage> packages) throws IOException {
    long bytes = 0;
    for (ReadyPackage each : packages) {
      bytes += Files.size(each.file());
    }
    return bytes;
  }
}
