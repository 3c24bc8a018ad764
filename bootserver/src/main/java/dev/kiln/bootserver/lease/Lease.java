package dev.kiln.bootserver.lease;

import dev.kiln.bootserver.net.IpAddress;
import java.time.Instant;

/**
 * An address that is, or was, out of its subnet's hands.
 *
 * @param address the address; there is one lease for each in its subnet
 * @param client who holds it, held it last, or declined it
 * @param state what holds it
 * @param until when it is free again, by the clock of the record; a lease that ended is kept, so
 *     that its client gets the same address next time
 */
public record Lease(
    SubnetId subnet, IpAddress address, ClientId client, State state, Instant until) {
  /** What keeps an address from others. */
  public enum State {
    /** A machine uses it (RFC 2131 §4.3.2). */
    BOUND,
    /** A machine found it in use by somebody else (RFC 2131 §4.3.3): nobody gets it for a while. */
    DECLINED
  }

  /** Whether the address is still kept at this time. */
  public boolean holdsAt(Instant time) {
    return time.isBefore(until);
  }

  /** Whether this client may go on using the address, or take it up again. */
  public boolean belongsTo(ClientId other) {
    return state == State.BOUND && client.equals(other);
  }

  /** The same, until then. */
  public Lease endingAt(Instant time) {
    return new Lease(subnet, address, client, state, time);
  }
}
