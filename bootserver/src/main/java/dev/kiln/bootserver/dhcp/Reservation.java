package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.net.Ipv4Address;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one machine always gets.
 *
 * @param address its address, for nobody else
 * @param hostName its name in option 12: letters, digits and hyphens, at most 63 (RFC 1123 §2.1)
 */
public record Reservation(Ipv4Address address, Optional<String> hostName) {
  private static final Pattern LABEL =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

  public Reservation {
    hostName.ifPresent(
        name -> {
          if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "a host name has 1 to 63 letters, digits and inner hyphens, not '" + name + "'");
          }
        });
  }
}
