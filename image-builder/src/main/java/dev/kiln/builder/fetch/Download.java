package dev.kiln.builder.fetch;

import dev.kiln.file.Digest;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/**
 * Bytes that are wanted, known by their digest.
 *
 * @param label what they are, for messages, such as {@code coreutils 9.1-1}
 * @param digest of all bytes
 * @param size in bytes, where it is known
 * @param addresses where they may be had, tried in this order: http, https or file
 */
public record Download(String label, Digest digest, OptionalLong size, List<URI> addresses) {
  public Download {
    addresses = List.copyOf(addresses);
    if (size.isPresent() && size.getAsLong() < 0) {
      throw new IllegalArgumentException(label + " has a size of " + size.getAsLong());
    }
    for (URI address : addresses) {
      Addresses.requireSupported(address);
    }
  }
}
