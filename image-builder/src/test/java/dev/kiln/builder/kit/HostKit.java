package dev.kiln.builder.kit;

import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * A kit of this machine's own tools: the programs, and the libraries that ldd names. For tests in
 * which any version of them will do; those of the locked kit are tried by the bakes from a mirror.
 */
public final class HostKit {
  private static final List<String> PROGRAMS =
      List.of(
          "/usr/bin/mksquashfs",
          "/usr/bin/unsquashfs",
          "/usr/sbin/veritysetup",
          "/usr/bin/busybox");

  private HostKit() {}

  /** Makes it in {@code directory}, which is empty. */
  public static Kit make(Path directory) throws IOException {
    Path root = directory.resolve("kit");
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createDirectories(root.resolve("usr").resolve(name));
      Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
    }
    for (String program : PROGRAMS) {
      copy(root, program);
    }
    for (String library : HostPrograms.librariesOf(PROGRAMS)) {
      copy(root, library);
    }
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    ImageTree tree = ImageTree.at(root);
    return new Kit(Digest.of("host kit"), tree, new Sandbox(tree, Kit.BUSYBOX, scratch));
  }

  /** A library is asked for by a link; what that leads to lies where the distribution put it. */
  private static void copy(Path root, String path) throws IOException {
    Path source = Path.of(path);
    Path real = source.toRealPath();
    Path target = root.resolve(real.toString().substring(1));
    Files.createDirectories(target.getParent());
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(real, target);
    }
    Path directory = Files.createDirectories(root.resolve(path.substring(1)).getParent());
    Path place = directory.toRealPath();
    Path link = place.resolve(source.getFileName());
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, place.relativize(target.toRealPath()));
    }
  }
}
