package dev.kiln.bootserver.app;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** What files looked like at one time, without their content: equal where nothing was written. */
record Fingerprint(List<String> files) {
  /** Equal to none that was taken. */
  static final Fingerprint NONE = new Fingerprint(List.of("nothing was looked at"));

  Fingerprint {
    files = List.copyOf(files);
  }

  static Fingerprint ofFile(Path file) {
    return new Fingerprint(List.of(look(file)));
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return file + " " + found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
    } catch (NoSuchFileException e) {
      // Gone since it was listed, or a link to nothing, as editors leave them.
      return file + " is not there";
    } catch (IOException e) {
      throw KilnException.io("look at " + file, e);
    }
  }
}
