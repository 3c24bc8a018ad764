package dev.kiln.builder.initrd;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What an image takes from its {@code os} tree besides the layer: the kernel, and the modules and
 * firmware for the initrd. Kept in the cache beside the layer, so that the tree is not needed
 * again.
 *
 * @param directory holds {@code vmlinuz}, {@code release}, and {@code lib/} for the initrd
 */
public record KernelFiles(Path directory) {
  private static final String KERNEL = "boot/vmlinuz-";

  /** Bytes. */
  private static final long MOST_KERNEL = 256 << 20;

  /** Bytes; the largest firmware of a network card has some 20 MiB. */
  private static final long MOST_FIRMWARE = 64 << 20;

  public Path kernel() {
    return directory.resolve("vmlinuz");
  }

  /** What goes into the initrd, below its root. */
  Path library() {
    return directory.resolve("lib");
  }

  /** As {@code uname -r} will print it. */
  public String release() {
    try {
      return Files.readString(directory.resolve("release"));
    } catch (IOException e) {
      throw KilnException.io("read the kernel's release", e);
    }
  }

  /**
   * Takes the one kernel of a tree. Whatever the tree's tables, modules and links say, nothing is
   * read outside it, and nothing written outside {@code directory}.
   */
  public static KernelFiles take(ImageTree tree, Path directory) {
    String release = releaseIn(tree);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("release"), release);
      copy(tree, KERNEL + release, directory.resolve("vmlinuz"), MOST_KERNEL);
      takeLibrary(tree, KernelModules.read(tree, release), directory.resolve("lib"), release);
      return new KernelFiles(directory);
    } catch (IOException e) {
      throw KilnException.io("take the kernel out of the tree", e);
    }
  }

  private static String releaseIn(ImageTree tree) {
    List<String> releases =
        tree.list("boot").stream()
            .map(name -> "boot/" + name)
            .filter(name -> name.startsWith(KERNEL))
            .map(name -> name.substring(KERNEL.length()))
            .toList();
    if (releases.size() != 1) {
      throw KilnException.input(
          "an image has one kernel; the packages bring "
              + (releases.isEmpty() ? "none" : String.join(", ", releases)),
          "Name exactly one linux-image package in the profile");
    }
    if (!Manifest.isKernelRelease(releases.get(0))) {
      throw KilnException.input(
          "'" + releases.get(0) + "' is not a kernel's release",
          "Check the package that brings /boot/vmlinuz-*");
    }
    return releases.get(0);
  }

  private static void takeLibrary(
      ImageTree tree, KernelModules modules, Path library, String release) throws IOException {
    SortedSet<String> chosen = modules.forInitrd();
    Path target = library.resolve("modules").resolve(release);
    Files.createDirectories(target);
    for (String module : chosen) {
      copy(tree, modules.path(module), target.resolve(module), ModuleFile.MOST);
    }
    for (Map.Entry<String, byte[]> table : modules.tablesFor(chosen).entrySet()) {
      Files.write(target.resolve(table.getKey()), table.getValue());
    }
    // What the image has; a driver names firmware of cards that nobody has any more, too.
    for (String name : modules.firmwareOf(chosen)) {
      String firmware = "usr/lib/firmware/" + name;
      if (tree.exists(firmware)) {
        copy(tree, firmware, library.resolve("firmware").resolve(name), MOST_FIRMWARE);
      }
    }
  }

  private static void copy(ImageTree tree, String path, Path target, long most) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    tree.copy(path, target, most);
  }
}
