package dev.kiln.manifest;

import dev.kiln.file.Digest;
import java.util.regex.Pattern;

/**
 * One file of an image directory.
 *
 * @param name a plain file name
 * @param size bytes
 */
public record ImageFile(String name, long size, Digest digest) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  public ImageFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not the name of an image's file");
    }
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a size of " + size);
    }
  }
}
