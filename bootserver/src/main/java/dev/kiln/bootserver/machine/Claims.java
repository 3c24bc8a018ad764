package dev.kiln.bootserver.machine;

import java.util.Optional;

/**
 * What a request says about who asks. Nothing proves any of it: it chooses among documents that are
 * public anyway.
 */
public record Claims(MacAddress mac, Optional<SystemUuid> uuid, Optional<SerialNumber> serial) {
  public static Claims of(MacAddress mac) {
    return new Claims(mac, Optional.empty(), Optional.empty());
  }

  /** These claims, and what an earlier request of the same card said, where this one is silent. */
  public Claims orElse(Claims earlier) {
    return new Claims(mac, uuid.or(earlier::uuid), serial.or(earlier::serial));
  }
}
