package dev.kiln.builder.layer;

import dev.kiln.builder.cache.CacheEntry;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.sandbox.Bind;
import dev.kiln.builder.sandbox.ImageTree;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An installed tree in an entry of the cache, to be gone on with. Owners, modes, links, attributes
 * and times, to the second, come back as they were; what layers leave out does not.
 */
public final class KeptTree {
  private static final String FILE = "tree.squashfs";

  /** It is read once and soon: nothing is worth being compressed, or looked for twice. */
  private static final List<String> AS_IT_IS =
      List.of("-noI", "-noD", "-noF", "-noX", "-no-duplicates");

  /** MiB that unsquashfs takes for each of its two queues; 256 by itself. */
  private static final String QUEUE = "64";

  private final Kit kit;

  public KeptTree(Kit kit) {
    this.kit = kit;
  }

  /**
   * Writes it into {@code entry}, a directory of the cache that is being made.
   *
   * @param tree as it is to come back
   */
  public void keep(TreeToPack tree, Path entry) {
    try {
      new MakeSquashfs(kit, AS_IT_IS).make(tree, entry.resolve(FILE));
    } catch (IOException e) {
      throw KilnException.io("keep a tree", e);
    }
  }

  /** Puts it into an empty tree, after the entry was checked. */
  public void putBack(CacheEntry entry, ImageTree empty) {
    kit.sandbox()
        .run(
            kit.command("/usr/bin/unsquashfs", "-force", "-no-progress", "-quiet")
                .and(List.of("-da", QUEUE, "-fr", QUEUE, "-d", "/run/tree", "/run/kept"))
                .with(Bind.readOnly(entry.file(FILE).path(), "/run/kept"))
                .with(Bind.writable(empty, "/run/tree")))
        .orFail("put a tree back");
  }
}
