package dev.kiln.profile;

/** What becomes of a pin's bytes in the image. */
public sealed interface Placement {
  /** The file is put at a path, mode 0755. */
  record Install(ImagePath path) implements Placement {}

  /**
   * The file is a tar archive, compressed with gzip, whose entries are put below a directory with
   * the modes they have; owners become root.
   *
   * @param strip leading segments of each entry's name that are left away, 0 to 8
   */
  record Unpack(ImagePath to, int strip) implements Placement {
    public Unpack {
      if (strip < 0 || strip > 8) {
        throw new IllegalArgumentException("strip is " + strip + ": write a number from 0 to 8");
      }
    }
  }
}
