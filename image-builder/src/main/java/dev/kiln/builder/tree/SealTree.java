package dev.kiln.builder.tree;

import dev.kiln.builder.sandbox.Command;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.builder.sandbox.Sandbox;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;

/**
 * Takes out of an installed tree what differs from bake to bake or must differ from node to node.
 */
public final class SealTree {
  private static final String SCRIPT = Resource.text(SealTree.class, "seal.sh");

  private final Sandbox sandbox;

  public SealTree(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Digest of what is taken out of every distribution's. */
  public static Digest recipe() {
    return Digest.of(SCRIPT);
  }

  /**
   * Does it.
   *
   * @param more a script of the distribution's family, run the same way
   */
  public void seal(ImageTree tree, String more) {
    run(tree, SCRIPT);
    run(tree, more);
  }

  private void run(ImageTree tree, String script) {
    sandbox
        .run(Command.in(tree, Sandbox.BUSYBOX, "sh", "-c", script).with(sandbox.busybox()))
        .orFail("seal the tree");
  }
}
