package dev.kiln.builder.kernel;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.BoundedFile;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an image takes from its {@code os} tree besides the layer: the kernel, and the modules and
 * firmware for the initrd. Kept in the cache beside the layer, so that the tree is not needed
 * again.
 *
 * @param directory holds {@code vmlinuz}, {@code kernel.json}, and {@code lib/} for the initrd
 */
public record KernelFiles(Path directory) {
  /** The kernel, in its directory. */
  public static final String KERNEL_FILE = "vmlinuz";

  /** A {@link KernelDescription}, in the same directory. */
  public static final String DESCRIPTION_FILE = "kernel.json";

  /** Bytes. */
  private static final int MOST_DESCRIPTION = 64 << 10;

  /** Bytes. */
  private static final long MOST_KERNEL = 256 << 20;

  /** Bytes; the largest firmware of a network card has some 20 MiB. */
  private static final int MOST_FIRMWARE = 64 << 20;

  public Path kernel() {
    return directory.resolve(KERNEL_FILE);
  }

  /** What goes into the initrd, below its root. */
  public Path library() {
    return directory.resolve("lib");
  }

  /** As {@code uname -r} will print it. */
  public String release() {
    return description().release();
  }

  /** How its layers and its initrd are to be compressed. */
  public KernelCodecs codecs() {
    return description().codecs();
  }

  private KernelDescription description() {
    Path file = directory.resolve(DESCRIPTION_FILE);
    return KernelDescription.read(file.toString(), BoundedFile.read(file, MOST_DESCRIPTION));
  }

  /**
   * Takes the one kernel of a tree. Whatever the tree's tables, modules and links say, nothing is
   * read outside it, and nothing written outside {@code directory}.
   */
  public static KernelFiles take(ImageTree tree, KernelLayout layout, Path directory) {
    String release = releaseIn(tree, layout);
    try {
      Files.createDirectories(directory);
      tree.copy(kernelFile(tree, layout, release), directory.resolve(KERNEL_FILE), MOST_KERNEL);
      takeLibrary(tree, layout, release, directory.resolve("lib"));
      KernelDescription description =
          new KernelDescription(release, codecsIn(tree, layout, release));
      AtomicFile.write(directory.resolve(DESCRIPTION_FILE), Json.write(description));
      return new KernelFiles(directory);
    } catch (IOException e) {
      throw KilnException.io("take the kernel out of the tree", e);
    }
  }

  private static String releaseIn(ImageTree tree, KernelLayout layout) {
    SortedSet<String> releases = layout.releasesIn(tree);
    if (releases.size() != 1) {
      throw KilnException.input(
          "an image has one kernel; the packages bring "
              + (releases.isEmpty() ? "none" : String.join(", ", releases)),
          "Name the package of exactly one kernel in the profile");
    }
    if (!Manifest.isKernelRelease(releases.first())) {
      throw KilnException.input(
          "'" + releases.first() + "' is not a kernel's release",
          "Check the package that brings the kernel");
    }
    return releases.first();
  }

  private static String kernelFile(ImageTree tree, KernelLayout layout, String release) {
    return layout.kernels().stream()
        .map(path -> KernelLayout.of(release, path))
        .filter(tree::exists)
        .findFirst()
        .orElse(KernelLayout.of(release, layout.kernels().get(0)));
  }

  private static KernelCodecs codecsIn(ImageTree tree, KernelLayout layout, String release) {
    return layout.configurations().stream()
        .map(path -> KernelLayout.of(release, path))
        .filter(tree::exists)
        .findFirst()
        .map(path -> KernelCodecs.of(KernelConfig.parse(tree.read(path, KernelConfig.MOST)), path))
        .orElseGet(() -> KernelCodecs.ofRelease(release));
  }

  private static void takeLibrary(ImageTree tree, KernelLayout layout, String release, Path library)
      throws IOException {
    KernelModules modules = KernelModules.read(tree, KernelLayout.of(release, layout.modules()));
    Drivers drivers = Drivers.of(modules);
    Path target = library.resolve("modules").resolve(release);
    SortedSet<String> firmware = new TreeSet<>();
    for (String module : drivers.all()) {
      ModuleFile file = modules.file(module);
      write(target.resolve(file.name()), file.content());
      firmware.addAll(file.firmware());
    }
    BusyboxTables tables = new BusyboxTables(modules);
    write(target.resolve("modules.dep"), tables.dependencies(drivers.all()));
    write(target.resolve("modules.alias"), tables.aliases(drivers.network()));
    write(target.resolve("modules.alias.disks"), tables.aliases(drivers.disks()));
    for (String name : firmware) {
      takeFirmware(tree, layout.firmware(), name, library.resolve("firmware"));
    }
  }

  /** What the image has; a driver names firmware of cards that nobody has any more, too. */
  private static void takeFirmware(ImageTree tree, String directory, String name, Path target)
      throws IOException {
    for (String suffix : CompressedFile.SUFFIXES) {
      String path = directory + "/" + name + suffix;
      if (tree.exists(path)) {
        byte[] file = tree.read(path, MOST_FIRMWARE);
        byte[] content =
            suffix.isEmpty() ? file : CompressedFile.content(path, file, MOST_FIRMWARE);
        write(target.resolve(name), content);
        return;
      }
    }
  }

  private static void write(Path target, byte[] content) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(target, content);
  }
}
