package dev.kiln.builder.bake;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.kernel.KernelDescription;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.layer.LayerPaths;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.layer.SquashfsCompression;

/**
 * The layer of the distribution's packages, and the kernel that comes with them.
 *
 * @param entry holds both
 */
record OsLayer(CacheEntry entry) {
  static final String NAME = "os";

  /** In the entry: the kernel's directory. */
  static final String KERNEL = "kernel";

  /** Bytes. */
  private static final int MOST_DESCRIPTION = 64 << 10;

  PackedLayer layer() {
    return PackedLayer.read(entry);
  }

  /** What packages and their scripts have put where. */
  LayerPaths paths() {
    return LayerPaths.read(entry);
  }

  CachedFile kernel() {
    return entry.file(KERNEL + "/" + KernelFiles.KERNEL_FILE);
  }

  KernelDescription described() {
    CachedFile file = entry.file(KERNEL + "/" + KernelFiles.DESCRIPTION_FILE);
    return KernelDescription.read(file.toString(), file.read(MOST_DESCRIPTION));
  }

  /** What else of an image needs of it. */
  TakenKernel taken() {
    return new TakenKernel(
        entry.key(), SquashfsCompression.of(described().codecs().squashfs()), this::kernelFiles);
  }

  /** All of them checked. */
  private KernelFiles kernelFiles() {
    entry.check();
    return new KernelFiles(entry.path().resolve(KERNEL));
  }
}
