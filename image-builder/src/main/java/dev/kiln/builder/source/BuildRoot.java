package dev.kiln.builder.source;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.util.List;

/** The tree a build runs in: at first, the files of the toolchain's packages. */
final class BuildRoot {
  private final Kit kit;
  private final BuildFormats formats;
  private final ImageTree tree;

  /**
   * Prepares.
   *
   * @param tree empty
   */
  BuildRoot(Kit kit, BuildFormats formats, ImageTree tree) {
    this.kit = kit;
    this.formats = formats;
    this.tree = tree;
  }

  ImageTree tree() {
    return tree;
  }

  /** Unpacks the packages; their scripts do not run. */
  void assemble(String build, List<ReadyPackage> toolchain) {
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "tar", "-x", "-p", "-f", "-", "-C", "/run/tree")
                .with(Bind.writable(tree, "/run/tree")),
            out -> formats.packages().writeFiles(toolchain, formats.architecture(), out),
            line -> {})
        .orFail("unpack the toolchain");
    require("usr/bin/sh", "a shell", build);
    formats.sources().programs().forEach((program, from) -> require(program, from, build));
  }

  private void require(String program, String from, String build) {
    if (!tree.exists(program)) {
      throw KilnException.input(
          "the toolchain of the build '" + build + "' has no /" + program,
          "Add " + from + " to its 'toolchain:' in the profile and lock it again");
    }
  }
}
