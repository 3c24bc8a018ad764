package dev.kiln.manifest;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
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

  /** What is wrong with it where it lies; every byte is read. Empty where it is as it should be. */
  public Optional<Problem> defectIn(Path directory) {
    Path file = directory.resolve(name);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return broken(file + " is missing");
      }
      if (Files.size(file) != size) {
        return broken(file + " has " + Files.size(file) + " bytes, not " + size);
      }
      if (!Digest.of(file).equals(digest)) {
        return broken(file + " was changed: its SHA-256 is not " + digest.hex());
      }
      return Optional.empty();
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }

  private static Optional<Problem> broken(String what) {
    return Optional.of(Problem.of(what, "Copy or bake the image again"));
  }
}
