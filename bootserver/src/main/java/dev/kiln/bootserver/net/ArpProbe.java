package dev.kiln.bootserver.net;

import dev.kiln.bootserver.health.Breakdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks by ARP, without a raw socket: a datagram to the address makes the kernel ask for its card,
 * and what answered stands in the kernel's table. All but {@link #ask} and {@link #forget} runs on
 * one thread.
 */
public final class ArpProbe implements AddressProbe {
  /** Addresses in question at one time; of more than these nothing is known yet. */
  private static final int MOST = 256;

  private static final long LOOK_MILLIS = 20;
  private static final long SEND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE_NANOS = Inquiry.FRESH_NANOS + Duration.ofMillis(200).toNanos();
  // A client asks again after up to half a minute, and must then find what was found.
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(60).toNanos();

  private final ScheduledExecutorService thread;
  private final Supplier<Map<Ipv4Address, MacAddress>> table;
  private final Consumer<Ipv4Address> send;
  private final Map<Ipv4Address, Case> cases = new HashMap<>();
  private boolean looking;

  /** Who waits for what is found. */
  private record Waiting(MacAddress client, long until, CompletableFuture<Found> answer) {}

  /** One address. */
  private static final class Case {
    private final Inquiry inquiry;
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<Inquiry.Verdict> verdict = Optional.empty();
    private long sent;
    private long decided;

    private Case(Inquiry inquiry) {
      this.inquiry = inquiry;
    }
  }

  /**
   * Asks on one interface.
   *
   * @param thread reads the table
   * @param send sends a datagram to an address by the interface; what it holds does not matter
   */
  public static ArpProbe on(
      InterfaceName name, ScheduledExecutorService thread, Consumer<Ipv4Address> send) {
    return new ArpProbe(thread, () -> NeighbourTable.read(name), send);
  }

  ArpProbe(
      ScheduledExecutorService thread,
      Supplier<Map<Ipv4Address, MacAddress>> table,
      Consumer<Ipv4Address> send) {
    this.thread = thread;
    this.table = table;
    this.send = send;
  }

  @Override
  public CompletionStage<Found> ask(Ipv4Address address, MacAddress client) {
    CompletableFuture<Found> answer = new CompletableFuture<>();
    run(
        () -> {
          try {
            begin(address, client, answer);
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public void forget(Ipv4Address address) {
    run(
        () ->
            cases.computeIfPresent(
                address,
                (asked, it) -> it.verdict.isPresent() && it.waiting.isEmpty() ? null : it));
  }

  private void run(Runnable work) {
    thread.execute(Breakdown.watching(work));
  }

  private void begin(Ipv4Address address, MacAddress client, CompletableFuture<Found> answer) {
    long now = System.nanoTime();
    Map<Ipv4Address, MacAddress> entries = table.get();
    boolean full = cases.size() >= MOST;
    cases
        .values()
        .removeIf(it -> it.verdict.isPresent() && (full || now - it.decided > REMEMBERED_NANOS));
    if (!cases.containsKey(address) && cases.size() >= MOST) {
      answer.complete(new Found.Undecided());
      return;
    }
    Case asked =
        cases.computeIfAbsent(
            address, it -> new Case(new Inquiry(Optional.ofNullable(entries.get(it)), now)));
    asked.waiting.add(new Waiting(client, now + PATIENCE_NANOS, answer));
    if (asked.waiting.size() == 1 && asked.verdict.isEmpty()) {
      asked.sent = now;
      send.accept(address);
    }
    look(entries, now);
    lookAgain();
  }

  private void lookAgain() {
    boolean open = cases.values().stream().anyMatch(it -> it.verdict.isEmpty());
    if (open && !looking) {
      looking = true;
      ScheduledFuture<?> unused =
          thread.schedule(Breakdown.watching(this::lookOn), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookOn() {
    looking = false;
    try {
      look(table.get(), System.nanoTime());
    } finally {
      // Whoever waits is told something, whatever one look met.
      lookAgain();
    }
  }

  private void look(Map<Ipv4Address, MacAddress> entries, long now) {
    cases.forEach(
        (address, it) -> look(address, it, Optional.ofNullable(entries.get(address)), now));
  }

  private void look(Ipv4Address address, Case it, Optional<MacAddress> entry, long now) {
    if (it.verdict.isEmpty()) {
      it.verdict = it.inquiry.look(entry, now);
      it.decided = now;
      if (now - it.sent >= SEND_NANOS) {
        it.sent = now;
        send.accept(address);
      }
    }
    it.waiting.removeIf(
        waiting -> {
          Optional<Found> found = found(it, entry, waiting, now);
          found.ifPresent(waiting.answer()::complete);
          return found.isPresent();
        });
  }

  private static Optional<Found> found(
      Case it, Optional<MacAddress> entry, Waiting waiting, long now) {
    Optional<MacAddress> card = it.verdict.isPresent() ? it.verdict.get().card() : entry;
    boolean own = card.filter(waiting.client()::equals).isPresent();
    if (own || (it.verdict.isPresent() && card.isEmpty())) {
      return Optional.of(new Found.Nobody());
    }
    if (it.verdict.isPresent()) {
      return card.map(Found.UsedBy::new);
    }
    return now >= waiting.until() ? Optional.of(new Found.Undecided()) : Optional.empty();
  }
}
