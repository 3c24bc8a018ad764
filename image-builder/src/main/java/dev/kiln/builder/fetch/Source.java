package dev.kiln.builder.fetch;

import java.io.IOException;
import java.net.URI;

/** A way to read what is at an address. */
interface Source {
  /**
   * Opens it.
   *
   * @param from the position wanted first; a body that begins at 0 instead is allowed
   */
  Body open(URI address, long from) throws FailedAttempt, InterruptedException;

  /** Ends what it keeps open; nobody reads any more. */
  default void close() {}

  /** Asks whether it could be read, and reads as little of it as can be. */
  default void look(URI address) throws FailedAttempt, InterruptedException {
    try (Body ignored = open(address, 0)) {
      return;
    } catch (FailedAttempt e) {
      throw e;
    } catch (IOException e) {
      throw ConnectionFailures.explain(e);
    }
  }
}
