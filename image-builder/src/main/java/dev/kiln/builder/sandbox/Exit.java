package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;

/**
 * How a sandboxed command ended.
 *
 * @param status its exit status; 128 + n for signal n
 * @param output the end of what it printed, standard output and error together
 * @param saidNoSpace whether a line of all that it printed tells that a file system was full
 */
public record Exit(int status, String output, boolean saidNoSpace) {
  /** What to do where no space was left. */
  public static final String MENDING_NO_SPACE =
      "The disk is full: free some space there, or name a cache on another disk";

  /**
   * Fails unless the status is 0: with kind IO where no space was left, else with kind DEPENDENCY.
   *
   * @param what the work in words: {@code "install the packages"}
   */
  public void orFail(String what) {
    if (status == 0) {
      return;
    }
    String happened =
        "cannot "
            + what
            + ": the command ended with status "
            + status
            + ":\n"
            + output.stripTrailing()
            + "\n";
    if (saidNoSpace) {
      throw new KilnException(KilnException.Kind.IO, happened, MENDING_NO_SPACE);
    }
    throw KilnException.dependency(happened, "The last lines above name the cause");
  }
}
