package dev.kiln.bootserver.admission;

import dev.kiln.bootserver.net.MacAddress;
import java.util.function.LongSupplier;

/**
 * How often cards may do one thing: each card, all cards of one circuit, and all together. For what
 * has no address of a sender that could be believed: a card is made up in a moment, a circuit is
 * named by a relay. Safe on every thread, never blocks.
 *
 * @param <C> what names a circuit, in few octets
 */
public final class CardBudgets<C> {
  private static final int REMEMBERED = 10_000;

  /**
   * The budgets of one kind of thing.
   *
   * @param card of each card; below a circuit's, so that no card alone uses up that of its circuit
   * @param circuit of all cards of one circuit
   * @param all of everybody together
   */
  public record Rates(Rate card, Rate circuit, Rate all) {
    public Rates {
      if (!card.isBelow(circuit)) {
        throw new IllegalArgumentException("a circuit's budget must be above a card's");
      }
    }
  }

  private final LongSupplier nanoTime;
  private final Shares<MacAddress> cards;
  private final Shares<C> circuits;
  private final TokenBucket all;

  /**
   * Full ones.
   *
   * @param nanoTime counts nanoseconds, never back
   */
  public CardBudgets(Rates rates, LongSupplier nanoTime) {
    long now = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
    this.cards = new Shares<>(rates.card(), REMEMBERED, now);
    this.circuits = new Shares<>(rates.circuit(), REMEMBERED, now);
    this.all = new TokenBucket(rates.all(), now);
  }

  /** Takes one for what a card does that is at the end of this circuit. */
  public synchronized boolean take(MacAddress card, C circuit) {
    long now = nanoTime.getAsLong();
    return cards.take(card, now) && circuits.take(circuit, now) && all.take(now);
  }
}
