package dev.kiln.file;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file into memory that may only be so large. */
public final class BoundedFile {
  private BoundedFile() {}

  /**
   * Reads the whole file.
   *
   * @param most bytes; a larger file is refused, also one that grows while it is read
   */
  public static byte[] read(Path file, int most) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw KilnException.input(file + " is not a file", "Check the path");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw KilnException.input(
            file + " has more than " + most + " bytes", "Check that this is the file you meant");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new KilnException(
          KilnException.Kind.INPUT, "there is no file " + file, "Check the path", e);
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    }
  }
}
