package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.net.IpAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions that go on, and their places. Where there is no place left, one is taken from a
 * client that has never answered: it may be gone, or never have asked.
 */
final class Sessions {
  private final Map<InetSocketAddress, Session> newest = new HashMap<>();
  private final Slots slots;
  private final int places;
  private final Duration patience;

  Sessions(TftpSettings settings) {
    this.slots =
        new Slots(
            new Slots.Limits(
                settings.maxTransfers(), settings.maxTransfers(), settings.maxTransfersOfSender()),
            settings.served());
    this.places = settings.maxTransfers();
    this.patience = settings.retransmitAfter();
  }

  /** How many there are; on any thread. */
  int count() {
    return slots.taken();
  }

  /** The newest session of a client. */
  Optional<Session> of(InetSocketAddress peer) {
    return Optional.ofNullable(newest.get(peer));
  }

  /** A place for one more session; empty where all are needed. */
  Optional<Slots.Slot> place(IpAddress sender) {
    return slots
        .take(sender)
        .or(
            () ->
                placeOf(
                    session -> IpAddress.of(session.peer().getAddress()).equals(sender), sender))
        .or(() -> slots.taken() < places ? Optional.empty() : placeOf(session -> true, sender));
  }

  private Optional<Slots.Slot> placeOf(Predicate<Session> others, IpAddress sender) {
    newest.values().stream()
        .filter(session -> !session.isAnswered() && !session.isYoungerThan(patience))
        .filter(others)
        .max(Comparator.comparingLong(Session::age))
        .ifPresent(silent -> silent.giveUp("the client never answered, and its place is needed"));
    return slots.take(sender);
  }

  void start(Session session) {
    newest.put(session.peer(), session);
    session.start(this::ended);
  }

  private void ended(Session session) {
    newest.remove(session.peer(), session);
    session
        .former()
        .filter(running -> !running.isOver())
        .ifPresent(running -> newest.putIfAbsent(session.peer(), running));
  }
}
