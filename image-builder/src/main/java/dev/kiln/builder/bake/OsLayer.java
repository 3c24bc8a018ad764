package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.deb.ReadyPackage;
import dev.kiln.builder.initrd.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.LayerKey;
import dev.kiln.builder.layer.PackLayer;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.rootfs.AssembleOs;
import dev.kiln.builder.sandbox.Workspace;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The layer of the distribution's packages, and the kernel that comes with them. */
final class OsLayer {
  private static final String NAME = "os";
  private static final String KERNEL = "kernel";

  /** mksquashfs(1): what must not be in a layer, whatever a package or the sandbox left there. */
  private static final List<String> SQUASHFS_OPTIONS =
      List.of("-wildcards", "-e", "dev/*", "proc/*", "sys/*", "run/*", "tmp/*");

  private final Cache cache;
  private final Kit kit;
  private final Instant epoch;

  OsLayer(Cache cache, Kit kit, Instant epoch) {
    this.cache = cache;
    this.kit = kit;
    this.epoch = epoch;
  }

  /** A finished layer with its kernel. */
  record Made(PackedLayer layer, KernelFiles kernel) {}

  /** The layer of these packages; made where the cache does not have it. */
  Made make(List<ReadyPackage> packages, String architecture, Progress progress) {
    Digest key = keyOf(packages, architecture);
    Path entry =
        cache.entry(
            "os-layer", key, target -> assemble(packages, architecture, key, target, progress));
    return new Made(PackedLayer.read(entry, key), new KernelFiles(entry.resolve(KERNEL)));
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
      Kit tools = kit.in(workspace);
      AssembleOs os = new AssembleOs(tools, packages, architecture, staging, tree);
      os.assemble(progress);
      progress.step("take-kernel", () -> KernelFiles.take(tree, target.resolve(KERNEL)));
      progress.step("seal", os::seal);
      progress.step(
          "pack-os",
          () -> new PackLayer(tools, epoch).pack(NAME, key, tree, target, SQUASHFS_OPTIONS));
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
    LayerKey key =
        new LayerKey("os layer 1")
            .add("format", PackLayer.FORMAT)
            .add("architecture", architecture)
            .add("kit", kit.key())
            .add("recipe", AssembleOs.recipe())
            .add("epoch", epoch.toString());
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }
}
