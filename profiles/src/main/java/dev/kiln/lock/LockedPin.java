package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.net.URI;
import java.util.List;

/**
 * One upstream binary or archive.
 *
 * @param addresses where the same bytes may be had, tried in this order
 */
public record LockedPin(String name, String version, Digest digest, List<URI> addresses) {
  public LockedPin {
    addresses = List.copyOf(addresses);
  }
}
