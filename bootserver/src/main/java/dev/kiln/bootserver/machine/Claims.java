package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.MacAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

  /**
   * What to remember of a card that says this now. Anybody can speak in its name, so claims that
   * lead to no machine never take the place of those that do.
   *
   * @param earlier what was remembered of it
   * @param recognized whether claims lead to a machine that has a file
   */
  public Claims over(Claims earlier, Predicate<Claims> recognized) {
    Claims both = orElse(earlier);
    return Stream.of(both, earlier, this).filter(recognized).findFirst().orElse(both);
  }
}
