package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;

/**
 * How a sandboxed command ended.
 *
 * @param status its exit status; 128 + n for signal n
 * @param output the end of what it printed, standard output and error together
 */
public record Exit(int status, String output) {
  /**
   * Fails unless the status is 0.
   *
   * @param what the work in words: {@code "install the packages"}
   */
  public void orFail(String what) {
    if (status == 0) {
      return;
    }
    boolean full = KilnException.isFullDisk(output);
    throw new KilnException(
        full ? KilnException.Kind.IO : KilnException.Kind.DEPENDENCY,
        "cannot "
            + what
            + ": the command ended with status "
            + status
            + ":\n"
            + output.stripTrailing()
            + "\n",
        full
            ? "The disk of the cache is full, or the memory that a tree is made in: free some, or"
                + " name a cache on another disk"
            : "The last lines above name the cause");
  }
}
