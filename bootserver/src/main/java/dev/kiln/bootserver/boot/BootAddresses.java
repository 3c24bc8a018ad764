package dev.kiln.bootserver.boot;

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

  public URI loader(LoaderName program) {
    return at("/loaders/" + program);
  }

  /** The base of an image's files; ends in a slash. */
  public URI image(Digest id) {
    return at("/images/" + id.hex() + "/");
  }

  /**
   * The base of a booted machine's NoCloud seed; ends in a slash. It says whose it is and what was
   * booted, so that no memory of the request before is needed to answer it.
   */
  public URI seed(BootPlan.Boot boot) {
    return at(
        "/nocloud/"
            + boot.machine().name()
            + "/"
            + boot.mac().hyphens()
            + "/"
            + boot.image().id().hex()
            + "/");
  }

  /** Where a machine reports what it does. */
  public URI events(BootPlan.Configure running) {
    return at("/events/" + running.machine().name() + "/" + running.mac().hyphens());
  }

  private URI at(String path) {
    return URI.create(server + path);
  }
}
