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
   * The base system: those of a system's packages that have to be there, and configured, before any
   * other can be installed, or that are best so. They are installed together.
   *
   * @param architecture of the image, by Kiln's name of it
   */
  List<ReadyPackage> base(List<ReadyPackage> packages, String architecture);

  /**
   * Installs the base system's packages into an empty tree, their scripts included. What went wrong
   * is told by the tool's words.
   */
  void installBase(NewSystem system, Progress progress) throws IOException;

  /** Installs packages, none or more, into a tree that has the base system. */
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
   * A system while it is installed.
   *
   * @param tree that it is installed into
   * @param packages that are installed now
   * @param architecture of the image, by Kiln's name of it
   * @param staging an empty directory on the file system of the packages
   * @param newest time of the files of all packages so far, seconds since 1970: what scripts are
   *     told it is
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
