package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.bootserver.machine.MachineRegistry;
import dev.kiln.bootserver.machine.SerialNumber;
import dev.kiln.bootserver.machine.SystemUuid;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Seen cards in the state file: at most {@value #MOST} that lead to a machine, and as many
 * strangers.
 */
public final class SqliteMachineRegistry implements MachineRegistry {
  static final int MOST = 10_000;

  private final Set<MacAddress> known = new Recent();
  private final Bulk<Sighting, Claims> sightings;

  private record Sighting(Claims claims, Instant at, Predicate<Claims> recognized) {}

  private SqliteMachineRegistry(Database database) {
    this.sightings = new Bulk<>(database.records(), this::write);
  }

  /** Opens the registry, with the cards that led to a machine before. */
  public static SqliteMachineRegistry open(Database database) {
    SqliteMachineRegistry registry = new SqliteMachineRegistry(database);
    registry.remember(
        database.read(
            session ->
                session.query(
                    row -> new MacAddress(row.getLong(1)),
                    "SELECT mac FROM machine WHERE known = 1 ORDER BY last_seen")));
    // Whoever starts finds at once what is wrong with the file.
    database.read(SqliteMachineRegistry::list);
    return registry;
  }

  @Override
  public CompletionStage<Claims> seen(Claims now, Instant at, Predicate<Claims> recognized) {
    return sightings.add(new Sighting(now, at, recognized));
  }

  /** Whether what a card last said leads to a machine that has a file. At once, on any thread. */
  public boolean knows(MacAddress card) {
    synchronized (known) {
      return known.contains(card);
    }
  }

  /** Sightings that were not written, since this process started. */
  public long dropped() {
    return sightings.dropped();
  }

  private List<Claims> write(Session session, List<Sighting> seen) throws SQLException {
    List<Claims> kept = new ArrayList<>();
    for (Sighting sighting : seen) {
      kept.add(write(session, sighting));
    }
    prune(session);
    return kept;
  }

  private Claims write(Session session, Sighting sighting) throws SQLException {
    MacAddress card = sighting.claims.mac();
    Claims earlier =
        session
            .query(
                SqliteMachineRegistry::discovered,
                "SELECT mac, uuid, serial, first_seen, last_seen FROM machine WHERE mac = ?",
                card.bits())
            .stream()
            .map(Discovered::claims)
            .findFirst()
            .orElse(Claims.of(card));
    Claims kept = sighting.claims.over(earlier, sighting.recognized);
    boolean recognized = sighting.recognized.test(kept);
    touch(session, card, sighting.at, recognized);
    session.update(
        "UPDATE machine SET uuid = ?1, serial = ?2, known = ?3 WHERE mac = ?4",
        kept.uuid().map(SystemUuid::text).orElse(null),
        kept.serial().map(SerialNumber::text).orElse(null),
        recognized ? 1 : 0,
        card.bits());
    if (recognized) {
      remember(List.of(card));
    } else {
      forget(card);
    }
    return kept;
  }

  private void remember(List<MacAddress> cards) {
    synchronized (known) {
      known.addAll(cards);
    }
  }

  private void forget(MacAddress card) {
    synchronized (known) {
      known.remove(card);
    }
  }

  static List<Discovered> list(Session session) throws SQLException {
    return session.query(
        SqliteMachineRegistry::discovered,
        "SELECT mac, uuid, serial, first_seen, last_seen FROM machine"
            + " ORDER BY last_seen DESC, mac");
  }

  /**
   * A card was heard of.
   *
   * @param known whether it is some machine's
   */
  static void touch(Session session, MacAddress mac, Instant at, boolean known)
      throws SQLException {
    session.update(
        "INSERT INTO machine (mac, first_seen, last_seen, known) VALUES (?1, ?2, ?2, ?3)"
            + " ON CONFLICT (mac) DO UPDATE SET last_seen = max(last_seen, excluded.last_seen),"
            + " known = excluded.known",
        mac.bits(),
        at.toEpochMilli(),
        known ? 1 : 0);
  }

  /** Forgets the cards of each sort that were silent longest, beyond so many: by an index. */
  static void prune(Session session) throws SQLException {
    for (int known = 0; known <= 1; known++) {
      session.update(
          "DELETE FROM machine WHERE mac IN (SELECT mac FROM machine WHERE known = ?1"
              + " ORDER BY last_seen DESC, mac DESC LIMIT -1 OFFSET ?2)",
          known,
          MOST);
    }
  }

  private static Discovered discovered(ResultSet row) throws SQLException {
    return new Discovered(
        new Claims(
            new MacAddress(row.getLong(1)),
            text(row.getString(2)).flatMap(SystemUuid::claimed),
            text(row.getString(3)).flatMap(SerialNumber::claimed)),
        Instant.ofEpochMilli(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)));
  }

  private static Optional<String> text(@Nullable String column) {
    return Optional.ofNullable(column);
  }

  /** Forgets the card that came first, beyond as many as the file has. */
  private static final class Recent extends LinkedHashSet<MacAddress> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean add(MacAddress card) {
      boolean isNew = super.add(card);
      if (size() > MOST) {
        remove(iterator().next());
      }
      return isNew;
    }
  }
}
