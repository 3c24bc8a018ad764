package dev.kiln.bootserver.store.sqlite;

import dev.kiln.bootserver.event.Standing;
import dev.kiln.bootserver.net.MacAddress;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Forgets the oldest boots, whole: of a card that has more than are kept of one, and of all cards
 * of one {@link Standing}. What is removed is no more than what was begun, but for {@value #SPARE}
 * boots: so it never takes much longer than the writing of the new ones.
 */
final class ForgetBoots {
  /** Boots that are removed beyond as many as were begun, so that an excess ends. */
  static final int SPARE = 64;

  static final String OF_A_CARD =
      "SELECT mac, number FROM boot WHERE mac = ?1 ORDER BY number DESC LIMIT ?3 OFFSET ?2";
  static final String OF_A_STANDING =
      "SELECT mac, number FROM boot WHERE standing = ?1 ORDER BY number DESC LIMIT ?3 OFFSET ?2";
  static final String ITS_EVENTS =
      "DELETE FROM event WHERE mac = ?1 AND number >= ?2 AND number < (SELECT"
          + " coalesce(min(number), ?3) FROM boot WHERE mac = ?1 AND number > ?2)";

  private ForgetBoots() {}

  /** Looks at the cards that began a boot, and at all of their sort. */
  static void beyondWhatIsKept(Session session, List<OpenBoot> begun) throws SQLException {
    Map<Standing, Integer> most = new HashMap<>();
    for (OpenBoot boot : begun) {
      if (boot.card() != WriteEvents.NOBODY) {
        forget(session, OF_A_CARD, boot.card(), boot.standing().boots(), SPARE);
      }
      if (boot.standing().bootsOfAll() < Integer.MAX_VALUE) {
        most.merge(boot.standing(), 1, Integer::sum);
      }
    }
    for (Map.Entry<Standing, Integer> sort : most.entrySet()) {
      forget(
          session,
          OF_A_STANDING,
          sort.getKey().name(),
          sort.getKey().bootsOfAll(),
          sort.getValue() + SPARE);
    }
  }

  /** A card stands otherwise than before. */
  static void stands(Session session, long card, Standing standing) throws SQLException {
    session.update("UPDATE boot SET standing = ?1 WHERE mac = ?2", standing.name(), card);
  }

  /** Looks at all cards: files of machines come and go. */
  static boolean standAll(Session session, Function<MacAddress, Standing> standings)
      throws SQLException {
    Map<Long, String> before = new HashMap<>();
    session.query(
        row -> before.put(row.getLong(1), row.getString(2)),
        "SELECT DISTINCT mac, standing FROM boot");
    for (Map.Entry<Long, String> card : before.entrySet()) {
      if (card.getKey() != WriteEvents.NOBODY) {
        Standing now = standings.apply(new MacAddress(card.getKey()));
        if (!now.name().equals(card.getValue())) {
          stands(session, card.getKey(), now);
        }
      }
    }
    return true;
  }

  private static void forget(Session session, String which, Object of, int kept, int most)
      throws SQLException {
    List<long[]> boots =
        session.query(row -> new long[] {row.getLong(1), row.getLong(2)}, which, of, kept, most);
    for (long[] boot : boots) {
      session.update(ITS_EVENTS, boot[0], boot[1], Long.MAX_VALUE);
      session.update("DELETE FROM boot WHERE mac = ?1 AND number = ?2", boot[0], boot[1]);
    }
  }
}
