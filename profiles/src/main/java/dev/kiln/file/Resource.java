package dev.kiln.file;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file that lies beside a class in the program's own jar. */
public final class Resource {
  private Resource() {}

  /**
   * Its bytes.
   *
   * @param name from the class, as {@link Class#getResourceAsStream} takes it
   */
  public static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar is damaged: it has no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw KilnException.io("read " + name + " from the program's own jar", e);
    }
  }

  /** Its text, in UTF-8. */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }
}
