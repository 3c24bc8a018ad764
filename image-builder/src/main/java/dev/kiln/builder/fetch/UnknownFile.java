package dev.kiln.builder.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A file whose digest nobody knows yet; what it must be, its check knows.
 *
 * @param label what it is, for messages
 * @param places where it may be had, in the order in which they are asked; at least one
 * @param most bytes; more are refused
 */
public record UnknownFile(String label, List<Place> places, long most, Check check) {
  public UnknownFile {
    places = List.copyOf(places);
    places.forEach(place -> Addresses.requireSupported(place.address()));
    if (places.isEmpty()) {
      throw new IllegalArgumentException(label + " can be had nowhere");
    }
  }

  /**
   * Where it may be had.
   *
   * @param passedOver whether the next place is asked where this one fails in any way; else only
   *     where it answers that it does not have the file
   */
  public record Place(URI address, boolean passedOver) {}

  /** Whether a file is the one that is wanted. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at what came.
     *
     * @throws dev.kiln.failure.KilnException of kind INPUT that says what is wrong with it
     */
    void check(Path file) throws IOException;
  }
}
