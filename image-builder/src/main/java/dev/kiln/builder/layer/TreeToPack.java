package dev.kiln.builder.layer;

import java.nio.file.Path;
import java.util.List;

/**
 * A tree, and how its files become those of a layer.
 *
 * @param directory its root
 * @param time of the squashfs itself, seconds since 1970
 * @param attributes whether files keep what extended attributes packages gave them
 * @param options of mksquashfs(1) for this kind of tree
 */
public record TreeToPack(Path directory, long time, boolean attributes, List<String> options) {
  /** 1980-01-01, the first day that every format of archives has. */
  private static final long CONSTANT = 315_532_800;

  /** What must not be in a layer, whatever a package or the sandbox left there. */
  private static final List<String> LEFT_OUT =
      List.of("-wildcards", "-e", "dev/*", "proc/*", "sys/*", "run/*", "tmp/*");

  public TreeToPack {
    options = List.copyOf(options);
  }

  /**
   * The tree of an installed system, whose files have their owners and times.
   *
   * @param newest time of it, seconds since 1970
   */
  public static TreeToPack installed(Path directory, long newest) {
    return new TreeToPack(directory, newest, true, LEFT_OUT);
  }

  /**
   * The tree of a layer of parts: whoever baked and whenever, all of it is root's and of one time.
   */
  static TreeToPack ofParts(Path directory) {
    return new TreeToPack(
        directory, CONSTANT, false, List.of("-all-root", "-all-time", Long.toString(CONSTANT)));
  }
}
