package dev.kiln.builder.kit;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.key.Product;
import dev.kiln.builder.key.ProductKey;
import dev.kiln.builder.packages.PackageFormat;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Unpacks the kit into the cache, once for each set of packages. */
public final class PrepareKit {
  private static final List<String> MOUNT_POINTS = List.of("proc", "dev", "tmp", "run");

  private final Cache cache;
  private final PackageFormat format;
  private final String architecture;
  private final Path scratch;

  /**
   * Prepares.
   *
   * @param format of its packages
   * @param architecture by Kiln's name of it
   * @param scratch a directory that lives as long as the kit is used
   */
  public PrepareKit(Cache cache, PackageFormat format, String architecture, Path scratch) {
    this.cache = cache;
    this.format = format;
    this.architecture = architecture;
    this.scratch = scratch;
  }

  public Kit prepare(List<ReadyPackage> packages) {
    Digest digest = keyOf(packages);
    CacheEntry entry = cache.entry("kit", digest, target -> unpack(packages, target));
    // A tool that was changed could make anything of sound inputs.
    entry.check();
    ImageTree tree = ImageTree.at(entry.path());
    return new Kit(digest, tree, new Sandbox(tree, Kit.BUSYBOX, scratch));
  }

  private Digest keyOf(List<ReadyPackage> packages) {
    ProductKey key = new ProductKey(Product.KIT).add("architecture", architecture);
    packages.forEach(each -> key.add(each.locked().name(), each.locked().digest()));
    return key.digest();
  }

  private void unpack(List<ReadyPackage> packages, Path target) throws IOException {
    ReadyPackage.checkAll(packages);
    Path tar = Files.createTempFile(scratch, "kit", ".tar");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16)) {
      format.writeFiles(packages, architecture, out);
    }
    Files.createDirectory(target);
    ExtractTree.extract(tar, target);
    Files.delete(tar);
    for (String directory : MOUNT_POINTS) {
      Files.createDirectories(target.resolve(directory));
    }
  }
}
