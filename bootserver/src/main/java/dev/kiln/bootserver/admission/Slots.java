package dev.kiln.bootserver.admission;

import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Network;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many things that last, such as connections, there may be at one time: of each sender, of each
 * served network, and in all. Senders outside of the served networks count as one network. Safe on
 * every thread, never blocks.
 */
public final class Slots {
  /**
   * The most there may be at one time.
   *
   * @param all 1 at least, as the others
   * @param network of each network; below {@code all}, none keeps the others out
   * @param sender of each address
   */
  public record Limits(int all, int network, int sender) {
    public Limits {
      if (all < 1 || network < 1 || sender < 1) {
        throw new IllegalArgumentException(
            "there is at least 1 place, not " + Math.min(all, Math.min(network, sender)));
      }
    }
  }

  /** A place that was taken. */
  public final class Slot implements AutoCloseable {
    private final Sender sender;
    private final Optional<Ipv4Network> network;
    private final AtomicBoolean left = new AtomicBoolean();

    private Slot(Sender sender, Optional<Ipv4Network> network) {
      this.sender = sender;
      this.network = network;
    }

    /** Leaves it, once. */
    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        leave(this);
      }
    }
  }

  private final Limits limits;
  private final ServedNetworks served;
  private final Map<Sender, Integer> ofSenders = new HashMap<>();
  private final Map<Optional<Ipv4Network>, Integer> ofNetworks = new HashMap<>();
  private int taken;

  public Slots(Limits limits, ServedNetworks served) {
    this.limits = limits;
    this.served = served;
  }

  /** Takes a place; empty where there is none for this sender. */
  public synchronized Optional<Slot> take(IpAddress address) {
    Sender sender = Sender.of(address);
    Optional<Ipv4Network> network = served.of(address);
    if (taken >= limits.all()
        || ofNetworks.getOrDefault(network, 0) >= limits.network()
        || ofSenders.getOrDefault(sender, 0) >= limits.sender()) {
      return Optional.empty();
    }
    taken++;
    ofNetworks.merge(network, 1, Integer::sum);
    ofSenders.merge(sender, 1, Integer::sum);
    return Optional.of(new Slot(sender, network));
  }

  /** How many are taken now. */
  public synchronized int taken() {
    return taken;
  }

  private synchronized void leave(Slot slot) {
    taken--;
    ofNetworks.computeIfPresent(slot.network, (network, count) -> count > 1 ? count - 1 : null);
    ofSenders.computeIfPresent(slot.sender, (sender, count) -> count > 1 ? count - 1 : null);
  }
}
