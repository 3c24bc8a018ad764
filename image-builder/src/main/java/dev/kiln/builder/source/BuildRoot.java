package dev.kiln.builder.source;

import dev.kiln.builder.deb.BootstrapTar;
import dev.kiln.builder.deb.MergedUsr;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tree a build runs in: the files of the toolchain's packages, and {@code /build}. */
final class BuildRoot {
  private static final String ALL = "all";

  private final Kit kit;
  private final ImageTree tree;
  private final Path directory;

  /**
   * Prepares.
   *
   * @param tree empty
   * @param directory {@code build} in it, which Kiln's own files come from and go to
   */
  BuildRoot(Kit kit, ImageTree tree, Path directory) {
    this.kit = kit;
    this.tree = tree;
    this.directory = directory;
  }

  /** Where the build works and leaves its outputs; on disk, for it may need some GiB. */
  Path directory() {
    return directory;
  }

  ImageTree tree() {
    return tree;
  }

  /** Unpacks the packages; their scripts do not run. */
  void assemble(LockedBuild locked, List<Path> readyPackages) throws IOException {
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "tar", "-x", "-p", "-f", "-", "-C", "/run/tree")
                .with(Bind.writable(tree, "/run/tree")),
            out -> new BootstrapTar(MergedUsr.of(architecture(locked))).write(readyPackages, out),
            line -> {})
        .orFail("unpack the toolchain");
    require("usr/bin/dpkg-source", "dpkg-dev", locked);
    require("usr/bin/sh", "dash", locked);
    Files.createDirectory(directory);
  }

  private void require(String program, String packageName, LockedBuild locked) {
    if (!tree.exists(program)) {
      throw KilnException.input(
          "the toolchain of the build '" + locked.name() + "' has no /" + program,
          "Add " + packageName + " to its 'toolchain:' in the profile and lock it again");
    }
  }

  private static String architecture(LockedBuild locked) {
    return locked.toolchain().stream()
        .map(LockedPackage::architecture)
        .filter(name -> !name.equals(ALL))
        .findFirst()
        .orElseThrow(
            () ->
                KilnException.input(
                    "the toolchain of the build '" + locked.name() + "' has no program",
                    "Name its compiler under 'toolchain:' in the profile and lock it again"));
  }
}
