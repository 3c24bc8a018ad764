package dev.kiln.profile;

/** What becomes of a pin's bytes in the image. */
public sealed interface Placement {
  /** Whether a path may be a file of it. */
  boolean covers(String path);

  /** The file is put at a path, mode 0755. */
  record Install(ImagePath path) implements Placement {
    @Override
    public boolean covers(String other) {
      return other.equals(path.text());
    }
  }

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

    @Override
    public boolean covers(String path) {
      return path.startsWith(to + "/");
    }
  }
}
