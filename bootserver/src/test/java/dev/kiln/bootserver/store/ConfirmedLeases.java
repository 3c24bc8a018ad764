package dev.kiln.bootserver.store;

import dev.kiln.bootserver.dhcp.Lease;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that claims lease after lease for ever, and prints the number of each one confirmed.
 */
final class ConfirmedLeases {
  static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

  private ConfirmedLeases() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    SqliteLeases leases = new SqliteLeases(database);
    SqliteEventLog events = new SqliteEventLog(database);
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      int number = i;
      events.record(Event.seen(Instant.EPOCH, mac(number), "claim", ""));
      leases.claim(lease(number), Instant.EPOCH).thenAccept(claim -> System.out.println(number));
      while (database.backlog() > 500) {
        Thread.onSpinWait();
      }
    }
  }

  static Lease lease(int number) {
    return Lease.bound(new Ipv4Address(0x0a000000 + number), mac(number), UNTIL);
  }

  private static MacAddress mac(int number) {
    return new MacAddress(0x525400000000L + number);
  }
}
