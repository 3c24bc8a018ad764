package dev.kiln.builder.layer;

import dev.kiln.builder.sandbox.ImageTree;
import java.util.List;
import java.util.Set;

/**
 * A tree, and how its files become those of a layer.
 *
 * @param directory its root
 * @param time of the squashfs itself, seconds since 1970
 * @param attributes the extended attributes that files keep, by their full names
 * @param options of mksquashfs(1) for this kind of tree
 */
public record TreeToPack(
    ImageTree directory, long time, Set<String> attributes, List<String> options) {
  /** 1980-01-01, the first day that every format of archives has. */
  private static final long CONSTANT = 315_532_800;

  /** What must not be in a layer, whatever a package or the sandbox left there. */
  private static final List<String> LEFT_OUT =
      List.of("-wildcards", "-e", "dev/*", "proc/*", "sys/*", "run/*", "tmp/*");

  public TreeToPack {
    attributes = Set.copyOf(attributes);
    options = List.copyOf(options);
  }

  /**
   * The tree of an installed system, whose files have their owners and times.
   *
   * @param newest time of it, seconds since 1970
   * @param attributes that its packages give files
   */
  public static TreeToPack installed(ImageTree directory, long newest, Set<String> attributes) {
    return new TreeToPack(directory, newest, attributes, LEFT_OUT);
  }

  /**
   * The tree of a layer of parts: whoever baked and whenever, all of it is root's and of one time.
   */
  static TreeToPack ofParts(ImageTree directory) {
    return new TreeToPack(
        directory, CONSTANT, Set.of(), List.of("-all-root", "-all-time", Long.toString(CONSTANT)));
  }
}
