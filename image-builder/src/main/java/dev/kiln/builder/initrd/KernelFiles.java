package dev.kiln.builder.initrd;

import dev.kiln.builder.sandbox.Root;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
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

  /** Takes the one kernel of a tree. */
  public static KernelFiles take(Path tree, Path directory) {
    String release = releaseIn(tree);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("release"), release);
      Files.copy(tree.resolve("boot/vmlinuz-" + release), directory.resolve("vmlinuz"));
      Path modulesOfTree = tree.resolve("usr/lib/modules").resolve(release);
      KernelModules modules = KernelModules.read(modulesOfTree);
      SortedSet<String> chosen = modules.forInitrd();
      Path library = directory.resolve("lib");
      Path target = library.resolve("modules").resolve(release);
      for (String module : chosen) {
        copy(modulesOfTree.resolve(module), target.resolve(module));
      }
      for (var table : modules.tablesFor(chosen).entrySet()) {
        Files.write(target.resolve(table.getKey()), table.getValue());
      }
      copyFirmware(new Root(tree), modules.firmwareOf(chosen), library.resolve("firmware"));
      return new KernelFiles(directory);
    } catch (IOException e) {
      throw KilnException.io("take the kernel out of the tree", e);
    }
  }

  private static String releaseIn(Path tree) {
    try (Stream<Path> boot = Files.list(tree.resolve("boot"))) {
      List<String> releases =
          boot.map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith("vmlinuz-"))
              .map(name -> name.substring("vmlinuz-".length()))
              .sorted()
              .toList();
      if (releases.size() != 1) {
        throw KilnException.input(
            "an image has one kernel; the packages bring "
                + (releases.isEmpty() ? "none" : String.join(", ", releases)),
            "Name exactly one linux-image package in the profile");
      }
      return releases.get(0);
    } catch (IOException e) {
      throw KilnException.io("look for a kernel in " + tree.resolve("boot"), e);
    }
  }

  /** Copies what the image has; a driver names firmware of cards that nobody has any more, too. */
  private static void copyFirmware(Root tree, SortedSet<String> names, Path target)
      throws IOException {
    for (String name : names) {
      Path source = tree.resolve("usr/lib/firmware/" + name);
      if (Files.isRegularFile(source)) {
        copy(source, target.resolve(name));
      }
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(source, target);
    }
  }
}
