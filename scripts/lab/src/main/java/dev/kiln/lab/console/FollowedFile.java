package dev.kiln.lab.console;

import dev.kiln.failure.KilnException;
import dev.kiln.lab.process.Interruption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** A file that another process is still writing. */
public record FollowedFile(Path file) {
  private static final int PAUSE_MILLIS = 200;

  /**
   * Prints what is there, then what comes.
   *
   * @param more whether more can come; asked each time the end is reached
   */
  public void print(PrintWriter out, BooleanSupplier more) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      char[] buffer = new char[8192];
      boolean last = false;
      while (true) {
        int n = reader.read(buffer);
        if (n > 0) {
          out.write(buffer, 0, n);
          out.flush();
        } else if (last) {
          return;
        } else {
          // What was written between the last look and the end is read once more.
          last = !more.getAsBoolean();
          Thread.sleep(last ? 0 : PAUSE_MILLIS);
        }
      }
    } catch (IOException e) {
      throw KilnException.io("read " + file, e);
    } catch (InterruptedException e) {
      throw Interruption.of(e, "following " + file);
    }
  }
}
