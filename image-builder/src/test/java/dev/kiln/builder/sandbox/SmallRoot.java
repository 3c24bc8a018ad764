package dev.kiln.builder.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree with the host's static busybox as its only program. */
public final class SmallRoot {
  /** Where it is in the tree. */
  public static final String BUSYBOX = "bin/busybox";

  /** The host's, of Debian's package busybox-static. */
  public static final Path HOSTS_BUSYBOX = Path.of("/bin/busybox");

  private SmallRoot() {}

  public static Path make(Path root) throws IOException {
    Files.createDirectories(root.resolve("bin"));
    Files.copy(HOSTS_BUSYBOX, root.resolve(BUSYBOX));
    Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
    return root;
  }
}
