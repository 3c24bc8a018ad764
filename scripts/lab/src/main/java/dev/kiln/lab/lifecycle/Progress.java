package dev.kiln.lab.lifecycle;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Tells a person what is being done, and how long it took.
 *
 * @param out one line a step
 */
public record Progress(PrintWriter out) {
  /** Does the work, and prints a line when it is done. */
  public void step(String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println(String.format(Locale.ROOT, "lab: %-60s %6.1f s", what, seconds));
    out.flush();
  }
}
