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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Seen cards in the state file, at most {@value #MOST} of them, and their claims in memory. */
public final class SqliteMachineRegistry implements MachineRegistry {
  static final int MOST = 10_000;

  private final Map<MacAddress, Claims> claims = new Recent();
  private final Bulk<Sighting> sightings;

  private record Sighting(Claims claims, Instant at) {}

  private SqliteMachineRegistry(Database database) {
    this.sightings = new Bulk<>(database.records(), SqliteMachineRegistry::write);
  }

  /** Opens the registry, with the claims that were remembered before. */
  public static SqliteMachineRegistry open(Database database) {
    SqliteMachineRegistry registry = new SqliteMachineRegistry(database);
    List<Discovered> known = database.read(SqliteMachineRegistry::list);
    for (int i = known.size() - 1; i >= 0; i--) {
      registry.claims.put(known.get(i).claims().mac(), known.get(i).claims());
    }
    return registry;
  }

  @Override
  public CompletionStage<Claims> seen(Claims now, Instant at, Predicate<Claims> recognized) {
    synchronized (claims) {
      Claims earlier = claims.getOrDefault(now.mac(), Claims.of(now.mac()));
      Claims kept = now.over(earlier, recognized);
      claims.put(now.mac(), kept);
      sightings.add(new Sighting(kept, at));
      return CompletableFuture.completedStage(kept);
    }
  }

  /** Sightings that were not written, since this process started; the memory has them. */
  public long dropped() {
    return sightings.dropped();
  }

  /** Each card once, however often it was seen. */
  private static void write(Session session, List<Sighting> seen) throws SQLException {
    Map<MacAddress, Sighting> last = new LinkedHashMap<>();
    seen.forEach(sighting -> last.put(sighting.claims.mac(), sighting));
    for (Sighting sighting : last.values()) {
      touch(session, sighting.claims.mac(), sighting.at);
      session.update(
          "UPDATE machine SET uuid = ?1, serial = ?2 WHERE mac = ?3",
          sighting.claims.uuid().map(SystemUuid::text).orElse(null),
          sighting.claims.serial().map(SerialNumber::text).orElse(null),
          sighting.claims.mac().bits());
    }
    prune(session);
  }

  static List<Discovered> list(Session session) throws SQLException {
    return session.query(
        SqliteMachineRegistry::discovered,
        "SELECT mac, uuid, serial, first_seen, last_seen FROM machine"
            + " ORDER BY last_seen DESC, mac");
  }

  /** A card was heard of. */
  static void touch(Session session, MacAddress mac, Instant at) throws SQLException {
    session.update(
        "INSERT INTO machine (mac, first_seen, last_seen) VALUES (?1, ?2, ?2)"
            + " ON CONFLICT (mac) DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)",
        mac.bits(),
        at.toEpochMilli());
  }

  /** Forgets the cards that were silent longest, beyond so many: a look at one index. */
  static void prune(Session session) throws SQLException {
    session.update(
        "DELETE FROM machine WHERE mac IN ("
            + "SELECT mac FROM machine ORDER BY last_seen DESC, mac DESC LIMIT -1 OFFSET ?)",
        MOST);
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

  /** Forgets the card that was asked for least recently. */
  private static final class Recent extends LinkedHashMap<MacAddress, Claims> {
    private static final long serialVersionUID = 1L;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<MacAddress, Claims> eldest) {
      return size() > MOST;
    }
  }
}
