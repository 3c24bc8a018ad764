package dev.kiln.builder.fetch;

import dev.kiln.file.Digest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes that are wanted, known by their digest.
 *
 * @param label what they are, for messages, such as {@code coreutils 9.1-1}
 * @param digest of all bytes
 * @param size in bytes, where it is known
 * @param addresses where they may be had, tried in this order: http, https or file
 * @param lastResort where else, once none of them has it any more
 */
public record Download(
    String label,
    Digest digest,
    OptionalLong size,
    List<URI> addresses,
    Optional<LastResort> lastResort) {
  public Download {
    addresses = List.copyOf(addresses);
    if (size.isPresent() && size.getAsLong() < 0) {
      throw new IllegalArgumentException(label + " has a size of " + size.getAsLong());
    }
    for (URI address : addresses) {
      Addresses.requireSupported(address);
    }
  }

  /** One that can be had at its addresses or not at all. */
  public Download(String label, Digest digest, OptionalLong size, List<URI> addresses) {
    this(label, digest, size, addresses, Optional.empty());
  }

  /** The same, which may also be had elsewhere once its addresses do not have it any more. */
  public Download orFrom(LastResort elsewhere) {
    return new Download(label, digest, size, addresses, Optional.of(elsewhere));
  }
}
