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
import dev.kiln.builder.tree.SealTree;
import dev.kiln.builder.tree.SetTimes;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The tree of the {@code os} layer while it is made. */
final class OsTree implements AutoCloseable {
  private final Family family;
  private final Kit kit;
  private final List<ReadyPackage> packages;
  private final String architecture;
  private final Path staging;
  private final Workspace workspace;
  private final PathTimes times;

  /**
   * Takes a place for it.
   *
   * @param scratch a directory that lives as long as the tree
   */
  OsTree(Family family, Kit kit, List<ReadyPackage> packages, String architecture, Scratch scratch)
      throws IOException {
    this.family = family;
    this.kit = kit;
    this.packages = packages;
    this.architecture = architecture;
    this.staging = Files.createDirectory(scratch.path().resolve("packages"));
    this.times = family.packages().times(packages, architecture);
    this.workspace =
        kit.sandbox()
            .workspace(Files.createDirectory(scratch.path().resolve("tree")), sizeOf(packages));
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
    family
        .installer()
        .install(
            new NewSystem(kit, tree(), packages, architecture, staging, times.newest()), progress);
  }

  KernelCodecs takeKernel(Path directory) {
    return KernelFiles.take(tree(), family.kernel(), directory).codecs();
  }

  void seal() {
    new SealTree(kit.sandbox()).seal(tree(), family.installer().sealing());
    new SetTimes(kit).set(tree(), times);
  }

  void pack(Digest key, KernelCodecs codecs, Path entry) {
    new PackLayer(kit, SquashfsCompression.of(codecs.squashfs()))
        .pack(
            OsLayer.NAME,
            key,
            TreeToPack.installed(tree(), times.newest(), family.attributes()),
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
