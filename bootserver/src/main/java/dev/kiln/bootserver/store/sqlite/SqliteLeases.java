package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.lease.Claim;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Lease;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Leases in their file. */
public final class SqliteLeases implements Leases {
  private static final String COLUMNS = "SELECT subnet, address, client, state, until FROM lease ";

  private final WriterThread writer;

  public SqliteLeases(Database database) {
    this.writer = database.leases();
  }

  @Override
  public CompletionStage<List<Lease>> list(SubnetId subnet) {
    return writer.submit(
        session -> {
          // Leases from before there were several subnets.
          session.update("UPDATE OR REPLACE lease SET subnet = ? WHERE subnet = ''", subnet.text());
          return session.query(
              SqliteLeases::lease, COLUMNS + "WHERE subnet = ? ORDER BY address", subnet.text());
        });
  }

  static List<Lease> list(Session session) throws SQLException {
    return session.query(SqliteLeases::lease, COLUMNS + "ORDER BY subnet, address");
  }

  @Override
  public CompletionStage<Claim> confirm(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    return writer.submit(
        session -> {
          Optional<Lease> held = at(session, subnet, address);
          if (held.filter(lease -> isOthers(lease, client, session.now())).isPresent()) {
            return new Claim.Taken(held.get());
          }
          Instant until = session.now().plus(time);
          Lease lease = new Lease(subnet, address, client, Lease.State.BOUND, until);
          session.update(
              "DELETE FROM lease WHERE subnet = ? AND client = ? AND state = 'BOUND'",
              subnet.text(),
              client.text());
          put(session, lease);
          return new Claim.Granted(lease);
        });
  }

  private static boolean isOthers(Lease lease, ClientId client, Instant now) {
    return lease.holdsAt(now) && !lease.belongsTo(client);
  }

  @Override
  public CompletionStage<Optional<Lease>> release(
      SubnetId subnet, IpAddress address, ClientId client) {
    return writer.submit(
        session -> {
          Optional<Lease> ended =
              at(session, subnet, address)
                  .filter(held -> held.belongsTo(client) && held.holdsAt(session.now()))
                  .map(held -> held.endingAt(session.now()));
          if (ended.isPresent()) {
            put(session, ended.get());
          }
          return ended;
        });
  }

  @Override
  public CompletionStage<Optional<Lease>> decline(
      SubnetId subnet, IpAddress address, ClientId client, Duration time) {
    return writer.submit(
        session -> {
          Optional<Lease> held = at(session, subnet, address);
          if (held.filter(lease -> isOthers(lease, client, session.now())).isPresent()) {
            return Optional.empty();
          }
          Instant until = session.now().plus(time);
          Lease declined = new Lease(subnet, address, client, Lease.State.DECLINED, until);
          put(session, declined);
          return Optional.of(declined);
        });
  }

  @Override
  public CompletionStage<Optional<Lease>> giveBack(SubnetId subnet, IpAddress address) {
    return writer.submit(
        session -> {
          Optional<Lease> ended =
              at(session, subnet, address)
                  .filter(held -> held.state() == Lease.State.DECLINED)
                  .filter(held -> held.holdsAt(session.now()))
                  .map(held -> held.endingAt(session.now()));
          if (ended.isPresent()) {
            put(session, ended.get());
          }
          return ended;
        });
  }

  private static Optional<Lease> at(Session session, SubnetId subnet, IpAddress address)
      throws SQLException {
    return session
        .query(
            SqliteLeases::lease,
            COLUMNS + "WHERE subnet = ? AND address = ?",
            subnet.text(),
            address.octets())
        .stream()
        .findFirst();
  }

  private static void put(Session session, Lease lease) throws SQLException {
    session.update(
        "INSERT OR REPLACE INTO lease (subnet, address, client, state, until)"
            + " VALUES (?, ?, ?, ?, ?)",
        lease.subnet().text(),
        lease.address().octets(),
        lease.client().text(),
        lease.state().name(),
        lease.until().toEpochMilli());
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        new SubnetId(row.getString(1)),
        IpAddress.of(row.getBytes(2)),
        ClientId.parse(row.getString(3)),
        Lease.State.valueOf(row.getString(4)),
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
