package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The durable record of who has which address. It, not the server's memory, decides at the moment
 * of a claim: so that several boot servers may share one record.
 *
 * <p>Every stage completes only when what it says is durable. Calls return at once, on any thread,
 * and are carried out in the order in which one thread made them; a stage completes exceptionally
 * where the record cannot be read or written.
 */
public interface Leases {
  /** Every lease there is, also those that ended; at most one for each address. */
  CompletionStage<List<Lease>> list();

  /**
   * Gives an address to a machine, or lengthens the lease it has. Granted unless another lease
   * holds the address at this time: another machine's, or a declined one, whoever declined it. A
   * machine has one address: its other leases that are bound are forgotten in the same step.
   *
   * @param wish a bound lease
   * @param now the time at which others' leases are looked at
   */
  CompletionStage<Claim> claim(Lease wish, Instant now);

  /**
   * Ends a lease at once (RFC 2131 §4.3.4), where this machine is the one that holds it; otherwise
   * nothing happens. The lease is kept as one that ended.
   */
  CompletionStage<Void> release(Ipv4Address address, MacAddress client, Instant now);

  /** Keeps an address from everyone until then, whoever holds it (RFC 2131 §4.3.3). */
  CompletionStage<Void> decline(Ipv4Address address, MacAddress client, Instant until);
}
