package dev.kiln.bootserver.net;

import java.util.Optional;

/**
 * Says whose address this is, so that a request finds its timeline. A hint for people, never
 * evidence: any machine on the link can take any address. Safe on every thread, never blocks.
 */
@FunctionalInterface
public interface MacResolver {
  /** For where nobody knows. */
  MacResolver UNKNOWN = address -> Optional.empty();

  Optional<MacAddress> resolve(IpAddress address);
}
