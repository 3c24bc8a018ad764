package dev.kiln.bootserver.tftp;

import java.time.Duration;
import java.util.Locale;

/**
 * How a transfer ended.
 *
 * @param outcome in one word
 * @param octets of the file that the client acknowledged
 * @param took from the request to the end
 * @param repeated packets that were sent again
 * @param reason one line for a person, empty where all went well
 */
record TransferEnd(Outcome outcome, long octets, Duration took, long repeated, String reason) {
  /** What became of it. */
  enum Outcome {
    /** The client has the whole file. */
    DONE,
    /** The client asked for the size only, as UEFI firmware does before it loads (RFC 2349). */
    PROBED,
    /** The client broke it off. */
    ABORTED,
    /** The client no longer answered. */
    TIMED_OUT,
    /** This server could not go on. */
    FAILED;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
