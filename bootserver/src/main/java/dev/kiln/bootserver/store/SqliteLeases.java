package dev.kiln.bootserver.store;

import dev.kiln.bootserver.dhcp.Claim;
import dev.kiln.bootserver.dhcp.Lease;
import dev.kiln.bootserver.dhcp.Leases;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Leases in the state file. */
public final class SqliteLeases implements Leases {
  private static final String COLUMNS = "SELECT address, mac, state, until FROM lease ";

  private final Database database;

  public SqliteLeases(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<List<Lease>> list() {
    return database.submit(SqliteLeases::list);
  }

  static List<Lease> list(Session session) throws SQLException {
    return session.query(SqliteLeases::lease, COLUMNS + "ORDER BY address");
  }

  @Override
  public CompletionStage<Claim> claim(Lease wish, Instant now) {
    return database.submit(
        session -> {
          Optional<Lease> held = at(session, wish.address());
          if (held.isPresent() && held.get().holdsAt(now) && !held.get().belongsTo(wish.client())) {
            return new Claim.Taken(held.get());
          }
          session.update(
              "DELETE FROM lease WHERE mac = ? AND state = 'BOUND'", wish.client().bits());
          put(session, wish);
          return new Claim.Granted(wish);
        });
  }

  @Override
  public CompletionStage<Void> release(Ipv4Address address, MacAddress client, Instant now) {
    return database
        .submit(
            session ->
                session.update(
                    "UPDATE lease SET until = ?1 WHERE address = ?2 AND mac = ?3 AND state = 'BOUND'"
                        + " AND until > ?1",
                    now.toEpochMilli(),
                    address.bits(),
                    client.bits()))
        .thenAccept(count -> {});
  }

  @Override
  public CompletionStage<Void> decline(Ipv4Address address, MacAddress client, Instant until) {
    Lease declined = new Lease(address, client, Lease.State.DECLINED, until);
    return database.submit(session -> put(session, declined)).thenAccept(count -> {});
  }

  private static Optional<Lease> at(Session session, Ipv4Address address) throws SQLException {
    return session
        .query(SqliteLeases::lease, COLUMNS + "WHERE address = ?", address.bits())
        .stream()
        .findFirst();
  }

  private static int put(Session session, Lease lease) throws SQLException {
    return session.update(
        "INSERT OR REPLACE INTO lease (address, mac, state, until) VALUES (?, ?, ?, ?)",
        lease.address().bits(),
        lease.client().bits(),
        lease.state().name(),
        lease.until().toEpochMilli());
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        new Ipv4Address(row.getInt(1)),
        new MacAddress(row.getLong(2)),
        Lease.State.valueOf(row.getString(3)),
        Instant.ofEpochMilli(row.getLong(4)));
  }
}
