package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;

/**
 * An address that is, or was, out of the pool's hands.
 *
 * @param address the address; there is one lease for each
 * @param client who holds it, held it last, or declined it
 * @param state what holds it
 * @param until when it is free again; a lease that ended is kept, so that its machine gets the same
 *     address next time
 */
public record Lease(Ipv4Address address, MacAddress client, State state, Instant until) {
  /** What keeps an address from others. */
  public enum State {
    /** A machine uses it (RFC 2131 §4.3.2). */
    BOUND,
    /** A machine found it in use by somebody else (RFC 2131 §4.3.3): nobody gets it for a while. */
    DECLINED
  }

  public static Lease bound(Ipv4Address address, MacAddress client, Instant until) {
    return new Lease(address, client, State.BOUND, until);
  }

  /** Whether the address is still kept at this time. */
  public boolean holdsAt(Instant time) {
    return time.isBefore(until);
  }

  /** Whether this machine may go on using the address, or take it up again. */
  public boolean belongsTo(MacAddress machine) {
    return state == State.BOUND && client.equals(machine);
  }
}
