package dev.kiln.profile;

import dev.kiln.file.Digest;
import java.net.URI;
import java.util.List;

/**
 * An upstream binary or archive: one digest, any number of addresses.
 *
 * @param name the profile's name of it, such as {@code kubelet}
 * @param version its makers' words, such as {@code v1.36.4}
 * @param sha256 of the bytes as they are downloaded
 * @param addresses where these bytes may be had, tried in this order; at least one. Plain http is
 *     right: the digest is what is trusted
 * @param layer {@code runtime}, {@code kubernetes} or {@code images}
 */
public record Pin(
    String name,
    String version,
    Digest sha256,
    List<URI> addresses,
    LayerName layer,
    Placement placement) {
  public Pin {
    Words.name("a pin", name);
    Words.version(version);
    LayerName.ofAddition(layer.toString());
    addresses.forEach(address -> Address.parse(address.toString()));
    addresses = addresses(addresses);
  }

  static List<URI> addresses(List<URI> addresses) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a pin needs an address: write at least one");
    }
    if (addresses.stream().distinct().count() != addresses.size()) {
      throw new IllegalArgumentException("a pin has the same address twice: keep one");
    }
    return List.copyOf(addresses);
  }
}
