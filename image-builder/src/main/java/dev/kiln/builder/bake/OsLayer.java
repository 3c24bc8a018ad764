package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.initrd.KernelFiles;
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

  private final Cache cache;
  private final Kit kit;
  private final KitTools tools;
  private final SquashfsCompression compression;

  OsLayer(Cache cache, Kit kit, KitTools tools, SquashfsCompression compression) {
    this.cache = cache;
    this.kit = kit;
    this.tools = tools;
    this.compression = compression;
  }

  /** A finished layer with its kernel. */
  record Made(PackedLayer layer, KernelFiles kernel) {}

  /** The layer of these packages; made where the cache does not have it. */
  Made make(List<ReadyPackage> packages, String architecture, Progress progress) {
    Digest key = keyOf(packages, architecture);
    Path entry =
        cache.entry(
            "os-layer", key, target -> assemble(packages, architecture, key, target, progress));
    return new Made(PackedLayer.read(entry), new KernelFiles(entry.resolve(KERNEL)));
  }

  private void assemble(
      List<ReadyPackage> packages, String architecture, Digest key, Path target, Progress progress)
      throws IOException {
    Files.createDirectory(target);
    try (Scratch scratch = cache.scratch(NAME);
        Workspace workspace =
            Workspace.open(
                kit.busybox(),
                Files.createDirectory(scratch.path().resolve("tree")),
                sizeOf(packages))) {
      Path staging = Files.createDirectory(scratch.path().resolve("packages"));
      Path tree = workspace.path();
      Kit within = kit.in(workspace);
      AssembleOs os = new AssembleOs(within, packages, architecture, staging, tree);
      os.assemble(progress);
      progress.step("take-kernel", () -> KernelFiles.take(tree, target.resolve(KERNEL)));
      progress.step("seal", os::seal);
      progress.step("set-times", os::setTimes);
      TreeToPack sealed = TreeToPack.installed(tree, os.newestTime());
      progress.step(
          "pack-os", () -> new PackLayer(within, compression).pack(NAME, key, sealed, target));
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
            .add("compression", compression.word())
            .add("tools", tools.digest(Tool.BUSYBOX, Tool.MKSQUASHFS, Tool.VERITYSETUP))
            .add("recipe", AssembleOs.recipe());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }
}
