package dev.kiln.bootserver.admission;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import java.util.function.LongSupplier;

/**
 * How often one kind of thing may be asked for: by each sender, of each card, and in all. Whoever
 * has used up its own budget takes nothing of the others. Safe on every thread, never blocks.
 */
public final class Budgets {
  /** More than any boot network has; some 100 bytes each. */
  private static final int REMEMBERED = 10_000;

  /**
   * The budgets of one kind of thing.
   *
   * @param sender of each address
   * @param card of each card, whoever speaks of it; above a sender's, so that no sender alone can
   *     use up the budget of a card
   * @param all of everybody together
   */
  public record Rates(Rate sender, Rate card, Rate all) {
    public Rates {
      if (!sender.isBelow(card)) {
        throw new IllegalArgumentException("a card's budget must be above a sender's");
      }
    }

    /** For what names no card. */
    public static Rates ofSenders(Rate sender, Rate all) {
      return new Rates(sender, new Rate(2 * sender.burst(), 2 * sender.perSecond()), all);
    }
  }

  private final LongSupplier nanoTime;
  private final Shares<Sender> senders;
  private final Shares<MacAddress> cards;
  private final TokenBucket all;

  public Budgets(Rates rates) {
    this(rates, System::nanoTime);
  }

  /** With another clock, of nanoseconds, which is never set. */
  public Budgets(Rates rates, LongSupplier nanoTime) {
    long now = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
    this.senders = new Shares<>(rates.sender(), REMEMBERED, now);
    this.cards = new Shares<>(rates.card(), REMEMBERED, now);
    this.all = new TokenBucket(rates.all(), now);
  }

  /** Takes one for what concerns no card, or the sender's own. */
  public synchronized boolean take(IpAddress sender) {
    long now = nanoTime.getAsLong();
    return senders.take(Sender.of(sender), now) && all.take(now);
  }

  /** Takes one for what has no sender yet, such as a machine's first DHCP packet. */
  public synchronized boolean take(MacAddress card) {
    long now = nanoTime.getAsLong();
    return cards.take(card, now) && all.take(now);
  }

  /** Takes one for what somebody says of a card. */
  public synchronized boolean take(IpAddress sender, MacAddress card) {
    long now = nanoTime.getAsLong();
    return senders.take(Sender.of(sender), now) && cards.take(card, now) && all.take(now);
  }
}
