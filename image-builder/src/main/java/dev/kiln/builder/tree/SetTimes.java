package dev.kiln.builder.tree;

import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.file.Digest;
import dev.kiln.file.Resource;

/** Gives every path of a tree its package's time, or the newest of all: the last change to it. */
public final class SetTimes {
  private static final String SCRIPT = Resource.text(SetTimes.class, "times.sh");

  private final Kit kit;

  public SetTimes(Kit kit) {
    this.kit = kit;
  }

  /** Digest of how it is done. */
  public static Digest recipe() {
    return Digest.of(SCRIPT);
  }

  /** Does it. */
  public void set(ImageTree tree, PathTimes times) {
    kit.sandbox()
        .run(
            kit.command("/bin/busybox", "sh", "-c", SCRIPT)
                .with("NEWEST", Long.toString(times.newest()))
                .with(Bind.writable(tree, "/run/tree")),
            new TimeLines(times)::write,
            line -> {})
        .orFail("set the times of the tree");
  }
}
