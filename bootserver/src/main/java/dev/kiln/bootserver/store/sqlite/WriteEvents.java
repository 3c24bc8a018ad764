package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.BootOrder;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Recording;
import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.StoredEvent;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of events, and is then done with. All that it knows of boots it has read in the
 * same transaction, so that whoever else writes agrees with it. What comes again and again is
 * counted in memory and written once.
 */
final class WriteEvents {
  /** Whose events are those that no card can be named for. */
  static final long NOBODY = -1;

  private final Session session;
  private final Function<MacAddress, Standing> standings;
  private final Map<Long, OpenBoot> open = new HashMap<>();
  private final List<OpenBoot> begun = new ArrayList<>();
  private final Map<MacAddress, Instant> heardOf = new LinkedHashMap<>();
  private long lastNumber;

  WriteEvents(Session session, Function<MacAddress, Standing> standings) throws SQLException {
    this.session = session;
    this.standings = standings;
    this.lastNumber =
        session
            .query(
                row -> row.getLong(1),
                "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'")
            .get(0);
  }

  List<Recording> write(List<Event> batch) throws SQLException {
    List<Recording> written = new ArrayList<>();
    for (Event event : batch) {
      written.add(write(event));
      event.mac().ifPresent(mac -> heardOf.merge(mac, event.at(), WriteEvents::later));
    }
    for (OpenBoot boot : open.values()) {
      boot.flush(session);
    }
    for (Map.Entry<MacAddress, Instant> card : heardOf.entrySet()) {
      boolean known = standing(Optional.of(card.getKey())) != Standing.STRANGER;
      SqliteMachineRegistry.touch(session, card.getKey(), card.getValue(), known);
    }
    SqliteMachineRegistry.prune(session);
    ForgetBoots.beyondWhatIsKept(session, begun);
    return written;
  }

  private Recording write(Event event) throws SQLException {
    OpenBoot boot = bootOf(event);
    if (!boot.knows(event.step())) {
      boot.learn(event.step(), lines(boot, event.step()));
    }
    Values as = boot.writtenAs(event);
    Optional<StoredEvent> again = boot.again(event, as);
    StoredEvent line = again.isPresent() ? again.get() : insert(boot, event, as);
    return as.equals(Values.MORE) ? new Recording.Counted(line) : new Recording.Stored(line);
  }

  /** The boot that an event belongs to, which it may begin. */
  private OpenBoot bootOf(Event event) throws SQLException {
    long card = event.mac().map(MacAddress::bits).orElse(NOBODY);
    Standing standing = standing(event.mac());
    OpenBoot latest = latest(card, standing);
    if (latest == null) {
      return begin(card, standing, BootOrder.first(event), event.at());
    }
    BootOrder.Place place = BootOrder.next(latest.stage(), event);
    if (card != NOBODY && place.begins() && mayBegin(card, event.at())) {
      latest.flush(session);
      return begin(card, standing, place, event.at());
    }
    latest.comesTo(place.stage());
    return latest;
  }

  private @Nullable OpenBoot latest(long card, Standing standing) throws SQLException {
    OpenBoot known = open.get(card);
    if (known != null) {
      return known;
    }
    List<OpenBoot> found =
        session.query(
            row ->
                OpenBoot.found(
                    card,
                    row.getLong(1),
                    BootOrder.Stage.valueOf(row.getString(2)),
                    Standing.valueOf(row.getString(3))),
            "SELECT number, stage, standing FROM boot WHERE mac = ? ORDER BY number DESC LIMIT 1",
            card);
    if (found.isEmpty()) {
      return null;
    }
    OpenBoot boot = found.get(0);
    if (boot.standing() != standing) {
      ForgetBoots.stands(session, card, standing);
      boot = OpenBoot.found(card, boot.number(), boot.stage(), standing);
    }
    open.put(card, boot);
    return boot;
  }

  private OpenBoot begin(long card, Standing standing, BootOrder.Place place, Instant at)
      throws SQLException {
    OpenBoot boot = OpenBoot.begun(card, lastNumber + 1, place.stage(), standing);
    session.update(
        "INSERT INTO boot (mac, number, begun, stage, standing) VALUES (?, ?, ?, ?, ?)",
        card,
        boot.number(),
        at.toEpochMilli(),
        boot.stage().name(),
        standing.name());
    open.put(card, boot);
    begun.add(boot);
    return boot;
  }

  private boolean mayBegin(long card, Instant at) throws SQLException {
    return session
            .query(
                row -> row.getInt(1),
                "SELECT count(*) FROM boot WHERE mac = ?1 AND begun > ?2",
                card,
                at.minus(BootOrder.WITHIN).toEpochMilli())
            .get(0)
        < BootOrder.MOST_BEGUN;
  }

  private Map<OpenBoot.Said, OpenBoot.Line> lines(OpenBoot boot, Step step) throws SQLException {
    Map<OpenBoot.Said, OpenBoot.Line> lines = new HashMap<>();
    for (StoredEvent stored :
        session.query(
            SqliteTimeline::event,
            SqliteTimeline.SELECT + " WHERE mac = ?1 AND step = ?2 AND number >= ?3",
            boot.card(),
            step.label(),
            boot.number())) {
      Event event = stored.event();
      lines.put(new OpenBoot.Said(event.values(), event.claimed()), new OpenBoot.Line(stored));
    }
    return lines;
  }

  private StoredEvent insert(OpenBoot boot, Event event, Values as) throws SQLException {
    lastNumber++;
    Event written = new Event(event.at(), event.mac(), event.step(), as, event.claimed());
    session.update(
        "INSERT INTO event (number, mac, boot, at, step, fields, claimed, times, last)"
            + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?4)",
        lastNumber,
        boot.card(),
        boot.number(),
        event.at().toEpochMilli(),
        event.step().label(),
        ValuesColumn.write(as),
        event.claimed() ? 1 : 0);
    StoredEvent stored = new StoredEvent(lastNumber, boot.number(), written, 1, event.at());
    boot.begun(stored);
    return stored;
  }

  private Standing standing(Optional<MacAddress> mac) {
    return mac.map(standings).orElse(Standing.STRANGER);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
