package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.file.Digest;
import java.net.URI;

/**
 * Where machines find things on this server: the one place that knows its paths.
 *
 * @param server without a slash at its end
 */
public record BootAddresses(URI server) {
  /** The script that makes iPXE ask again with its identity. */
  public URI entry() {
    return at("/boot.ipxe");
  }

  public URI loader(String file) {
    return at("/loaders/" + file);
  }

  /** The base of an image's files; ends in a slash. */
  public URI image(Digest id) {
    return at("/images/" + id.hex() + "/");
  }

  /** The base of a machine's NoCloud seed; ends in a slash. */
  public URI seed(MacAddress mac) {
    return at("/nocloud/" + mac.hyphens() + "/");
  }

  /** Where a machine reports what it does. */
  public URI events(MacAddress mac) {
    return at("/events/" + mac.hyphens());
  }

  private URI at(String path) {
    return URI.create(server + path);
  }
}
