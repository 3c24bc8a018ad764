package dev.kiln.builder.fetch;

import java.net.URI;
import java.util.List;

/**
 * Where bytes may still be had that nobody else has any more, and what to say where they cannot.
 *
 * @param addresses asked in this order, and only when every other address answered that it does not
 *     have them; none where nobody keeps them
 * @param loss what is wrong when they are not there either, one sentence without its full stop
 * @param mend what to do then
 */
public record LastResort(List<URI> addresses, String loss, String mend) {
  public LastResort {
    addresses = List.copyOf(addresses);
    addresses.forEach(Addresses::requireSupported);
  }
}
