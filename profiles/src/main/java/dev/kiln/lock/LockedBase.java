package dev.kiln.lock;

import dev.kiln.file.Digest;
import java.net.URI;
import java.util.List;

/**
 * A root file system that packages are installed into, where an image does not begin with an empty
 * one.
 *
 * @param name the profile's name of it
 * @param digest of the archive
 * @param size bytes
 * @param addresses where the same bytes may be had, tried in this order
 */
public record LockedBase(String name, Digest digest, long size, List<URI> addresses) {
  public LockedBase {
    addresses = List.copyOf(addresses);
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a size of " + size);
    }
  }
}
