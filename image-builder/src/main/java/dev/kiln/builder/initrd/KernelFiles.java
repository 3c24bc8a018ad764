package dev.kiln.builder.initrd;

import dev.kiln.builder.sandbox.Root;
import dev.kiln.failure.KilnException;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What an image takes from its {@code os} tree besides the layer: the kernel, and the modules and
 * firmware for the initrd. Kept in the cache beside the layer, so that the tree is not needed
 * again.
 *
 * @param directory holds {@code vmlinuz}, {@code release}, and {@code lib/} for the initrd
 */
public record KernelFiles(Path directory) {
  /** The kernel, in its directory. */
  public static final String KERNEL_FILE = "vmlinuz";

  /** A file that holds the kernel's release, as {@code uname -r} will print it. */
  public static final String RELEASE_FILE = "release";

  private static final String KERNEL = "boot/vmlinuz-";

  /** Bytes. */
  private static final long MOST_KERNEL = 256 << 20;

  /** Bytes; the largest firmware of a network card has some 20 MiB. */
  private static final long MOST_FIRMWARE = 64 << 20;

  /** What goes into the initrd, below its root. */
  Path library() {
    return directory.resolve("lib");
  }

  /**
   * Takes the one kernel of a tree. Whatever the tree's tables, modules and links say, nothing is
   * read outside it, and nothing written outside {@code directory}.
   */
  public static KernelFiles take(Path tree, Path directory) {
    Root root = new Root(tree);
    String release = releaseIn(root);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(RELEASE_FILE), release);
      copy(root, KERNEL + release, directory.resolve(KERNEL_FILE), MOST_KERNEL);
      takeLibrary(root, KernelModules.read(root, release), directory.resolve("lib"), release);
      return new KernelFiles(directory);
    } catch (IOException e) {
      throw KilnException.io("take the kernel out of the tree", e);
    }
  }

  private static String releaseIn(Root tree) {
    Path boot = tree.resolve("boot");
    try (Stream<Path> files = Files.list(boot)) {
      List<String> releases =
          files
              .map(path -> "boot/" + path.getFileName())
              .filter(name -> name.startsWith(KERNEL))
              .map(name -> name.substring(KERNEL.length()))
              .sorted()
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
    } catch (IOException e) {
      throw KilnException.io("look for a kernel in " + boot, e);
    }
  }

  private static void takeLibrary(Root tree, KernelModules modules, Path library, String release)
      throws IOException {
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
      if (Files.exists(tree.resolve(firmware))) {
        copy(tree, firmware, library.resolve("firmware").resolve(name), MOST_FIRMWARE);
      }
    }
  }

  private static void copy(Root tree, String path, Path target, long most) throws IOException {
    Path source = tree.resolve(path);
    if (!Files.isRegularFile(source) || Files.size(source) > most) {
      throw KilnException.input(
          "/" + path + " of the tree is no file, or has more than " + most + " bytes",
          "Check the package that brings it");
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(source, target);
  }
}
