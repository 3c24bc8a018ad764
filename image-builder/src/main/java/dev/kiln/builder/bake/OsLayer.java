package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.kernel.KernelCodecs;
import dev.kiln.builder.kernel.KernelDescription;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.key.Format;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.kit.KitTools;
import dev.kiln.builder.kit.Tool;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.layer.TreeToPack;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.rootfs.AssembleOs;
import dev.kiln.builder.rootfs.DebianKernel;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The layer of the distribution's packages, and the kernel that comes with them. */
final class OsLayer {
  private static final String NAME = "os";
  private static final String KERNEL = "kernel";

  /** Bytes. */
  private static final int MOST_DESCRIPTION = 64 << 10;

  private final Cache cache;
  private final Kit kit;
  private final KitTools tools;

  OsLayer(Cache cache, Kit kit, KitTools tools) {
    this.cache = cache;
    this.kit = kit;
    this.tools = tools;
  }

  /**
   * A finished layer with its kernel.
   *
   * @param entry holds both
   */
  record Made(PackedLayer layer, CacheEntry entry) {
    CachedFile kernel() {
      return entry.file(KERNEL + "/" + KernelFiles.KERNEL_FILE);
    }

    KernelDescription described() {
      CachedFile file = entry.file(KERNEL + "/" + KernelFiles.DESCRIPTION_FILE);
      return KernelDescription.read(file.toString(), file.read(MOST_DESCRIPTION));
    }

    /** What the layers added to this one are compressed with. */
    SquashfsCompression compression() {
      return SquashfsCompression.of(described().codecs().squashfs());
    }

    /** For the initrd, all of them checked. */
    KernelFiles kernelFiles() {
      entry.check();
      return new KernelFiles(entry.path().resolve(KERNEL));
    }
  }

  /** The layer of these packages; made where the cache does not have it. */
  Made make(List<ReadyPackage> packages, String architecture, Progress progress) {
    Digest key = keyOf(packages, architecture);
    CacheEntry entry =
        cache.entry(
            "os-layer", key, target -> assemble(packages, architecture, key, target, progress));
    return new Made(PackedLayer.read(entry), entry);
  }

  private void assemble(
      List<ReadyPackage> packages, String architecture, Digest key, Path target, Progress progress)
      throws IOException {
    Files.createDirectory(target);
    progress.step("check-packages", () -> ReadyPackage.checkAll(packages));
    try (Scratch scratch = cache.scratch(NAME);
        Workspace workspace =
            kit.sandbox()
                .workspace(
                    Files.createDirectory(scratch.path().resolve("tree")), sizeOf(packages))) {
      Path staging = Files.createDirectory(scratch.path().resolve("packages"));
      ImageTree tree = workspace.tree();
      AssembleOs os = new AssembleOs(kit, packages, architecture, staging, tree);
      os.assemble(progress);
      KernelCodecs codecs =
          progress.step(
              "take-kernel",
              () -> KernelFiles.take(tree, DebianKernel.LAYOUT, target.resolve(KERNEL)).codecs());
      progress.detail(codecs.words());
      progress.step("seal", os::seal);
      progress.step("set-times", os::setTimes);
      TreeToPack sealed = TreeToPack.installed(tree, os.newestTime());
      progress.step(
          "pack-os",
          () ->
              new PackLayer(kit, SquashfsCompression.of(codecs.squashfs()))
                  .pack(NAME, key, sealed, target));
    }
  }

  /** Ready packages are not compressed: their files take about as much in a tree. */
  private static long sizeOf(List<ReadyPackage> packages) throws IOException {
    long bytes = 0;
    for (ReadyPackage each : packages) {
      bytes += Files.size(each.file());
    }
    return bytes;
  }

  private Digest keyOf(List<ReadyPackage> packages, String architecture) {
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
            .add("architecture", architecture)
            .add("tools", tools.digest(Tool.BUSYBOX, Tool.MKSQUASHFS, Tool.VERITYSETUP))
            .add("recipe", AssembleOs.recipe());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }
}
