package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The durable record of who has which address. It, not a server's memory, decides, and by its own
 * clock: so that several boot servers may share one record and never give one address twice.
 *
 * <p>Every stage completes only when what it says is durable. Calls return at once, on any thread,
 * and are carried out, and their stages completed, in the order in which one thread made them; a
 * stage completes exceptionally where the record cannot be read or written.
 */
public interface Leases {
  /** Every lease of a subnet, also those that ended; at most one for each address. */
  CompletionStage<List<Lease>> list(SubnetId subnet);

  /**
   * Confirms an address to a client from now on, if nobody else holds it: another client, or a
   * declined lease, whoever declined it. A client has one address in a subnet: its other leases
   * there that are bound are forgotten in the same step.
   *
   * @param time how long
   */
  CompletionStage<Claim> confirm(
      SubnetId subnet, IpAddress address, ClientId client, Duration time);

  /**
   * Ends a lease at once (RFC 2131 §4.3.4), if this client is the one that holds it. The lease is
   * kept as one that ended, and returned; empty where nothing happened.
   */
  CompletionStage<Optional<Lease>> release(SubnetId subnet, IpAddress address, ClientId client);

  /**
   * Keeps an address from everyone from now on (RFC 2131 §4.3.3), if no other client holds it.
   * Returns what keeps it; empty where nothing happened.
   *
   * @param time how long
   */
  CompletionStage<Optional<Lease>> decline(
      SubnetId subnet, IpAddress address, ClientId client, Duration time);

  /**
   * Ends at once what keeps a declined address from everyone. It is kept as one that ended, and
   * returned; empty where nothing happened.
   */
  CompletionStage<Optional<Lease>> giveBack(SubnetId subnet, IpAddress address);
}
