package dev.kiln.builder.fetch;

import java.net.URI;

/** A way to read what is at an address. */
interface Source {
  /**
   * Opens it.
   *
   * @param from the position wanted first; a body that begins at 0 instead is allowed
   */
  Body open(URI address, long from) throws FailedAttempt, InterruptedException;
}
