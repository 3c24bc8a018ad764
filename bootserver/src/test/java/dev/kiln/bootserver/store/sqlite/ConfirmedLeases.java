package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that claims lease after lease for ever, and prints the number of each one confirmed.
 */
final class ConfirmedLeases {
  static final SubnetId SUBNET = new SubnetId("10.0.0.0/8");

  private ConfirmedLeases() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    SqliteLeases leases = new SqliteLeases(database);
    SqliteEventLog events = new SqliteEventLog(database, card -> Standing.NAMED);
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      int number = i;
      events.record(Events.seen(Instant.EPOCH, mac(number), Step.DHCP_ACK, ""));
      leases
          .confirm(SUBNET, address(number), ClientId.of(mac(number)), Duration.ofDays(365))
          .thenAccept(claim -> System.out.println(number));
      while (database.leases().backlog() > 500) {
        Thread.onSpinWait();
      }
    }
  }

  static Ipv4Address address(int number) {
    return new Ipv4Address(0x0a000000 + number);
  }

  private static MacAddress mac(int number) {
    return new MacAddress(0x525400000000L + number);
  }
}
