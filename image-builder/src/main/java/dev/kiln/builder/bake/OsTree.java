package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.distro.Family;
import dev.kiln.builder.distro.InstallSystem;
import dev.kiln.builder.distro.InstallSystem.NewSystem;
import dev.kiln.builder.kernel.KernelCodecs;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.Tool;
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
import dev.kiln.builder.tree.SetTimes;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The tree of the {@code os} layer while it is made. */
final class OsTree implements AutoCloseable {
  /**
   * What it is made of, and by what.
   *
   * @param architecture by Kiln's name of it
   */
  record Parts(Family family, Kit kit, List<ReadyPackage> packages, String architecture) {
    Parts {
      packages = List.copyOf(packages);
    }
  }

  private final Parts parts;
  private final Path scratch;
  private final Workspace workspace;
  private final PathTimes times;

  /**
   * Prepares one.
   *
   * @param place where it may be made
   * @param scratch a directory that lives as long as the tree
   * @param words is told where it is made, where that is not in memory
   */
  OsTree(Parts parts, WorkspacePlace place, Scratch scratch, Consumer<String> words)
      throws IOException {
    this.parts = parts;
    this.scratch = scratch.path();
    this.times = parts.family().packages().times(parts.packages(), parts.architecture());
    this.workspace =
        parts
            .kit()
            .sandbox()
            .workspace(Files.createDirectory(this.scratch.resolve("tree")), place, words);
  }

  /** Of all that its bytes follow from. */
  static Digest key(Family family, Tools tools, List<ReadyPackage> packages, String architecture) {
    InstallSystem installer = family.installer();
    ProductKey key =
        new ProductKey(
                "os layer",
                Format.BOOTSTRAP,
                Format.SANDBOX,
                Format.SEALING,
                Format.TIMES,
                Format.SQUASHFS,
                Format.VERITY,
                Format.KERNEL)
            .add("family", family.name())
            .add("architecture", architecture)
            .add("attributes", new TreeSet<>(family.attributes()).toString())
            .add("kernel", family.kernel().toString())
            .add("tools", tools.digest(Tool.BUSYBOX, Tool.MKSQUASHFS, Tool.VERITYSETUP))
            .add("recipe", installer.recipe())
            .add("sealing", SealTree.recipe())
            .add("times", SetTimes.recipe());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }

  void install(Progress progress) throws IOException {
    workspace.fill(sizeOf(parts.packages()), empty -> installInto(empty, progress));
  }

  private void installInto(ImageTree empty, Progress progress) throws IOException {
    NewSystem system =
        new NewSystem(
            parts.kit(),
            empty,
            parts.packages(),
            parts.architecture(),
            Files.createTempDirectory(scratch, "packages"),
            times.newest());
    parts.family().installer().install(system, progress);
  }

  KernelCodecs takeKernel(Path directory) {
    return KernelFiles.take(tree(), parts.family().kernel(), directory).codecs();
  }

  void seal() {
    new SealTree(parts.kit().sandbox()).seal(tree(), parts.family().installer().sealing());
    new SetTimes(parts.kit()).set(tree(), times);
  }

  void pack(Digest key, KernelCodecs codecs, Path entry) {
    new PackLayer(parts.kit(), SquashfsCompression.of(codecs.squashfs()))
        .pack(
            OsLayer.NAME,
            key,
            TreeToPack.installed(tree(), times.newest(), parts.family().attributes()),
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
