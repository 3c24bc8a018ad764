package dev.kiln.builder.distro;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Installs a system with its family's own package tool, in the sandbox. */
public interface InstallSystem {
  /** Digest of all of it that decides about the tree's bytes besides the packages. */
  Digest recipe();

  /**
   * Installs every package, their scripts included; what went wrong is told by the tool's words.
   */
  void install(NewSystem system, Progress progress) throws IOException;

  /**
   * A shell script for the kit's busybox, with the tree as its root: takes out what this family's
   * tools leave that differs from bake to bake, or must differ from node to node.
   */
  String sealing();

  /**
   * A shell script for the kit's busybox, with the tree as its directory: prints when which
   * package's scripts first ran, a line each: stat's {@code %x}, a blank, the package's name.
   */
  String makers();

  /**
   * A system that is to be installed.
   *
   * @param tree empty at first
   * @param packages all of them
   * @param architecture of the image, by Kiln's name of it
   * @param staging an empty directory on the file system of the packages
   * @param newest time of the packages' files, seconds since 1970: what scripts are told it is
   */
  record NewSystem(
      Kit kit,
      ImageTree tree,
      List<ReadyPackage> packages,
      String architecture,
      Path staging,
      long newest) {
    public NewSystem {
      packages = List.copyOf(packages);
    }
  }
}
