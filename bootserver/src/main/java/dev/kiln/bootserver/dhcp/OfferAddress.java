package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.AddressProbe;
import dev.kiln.bootserver.net.AddressProbe.Found;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers DHCPDISCOVER (RFC 2131 §4.3.1). An address that was another machine's is asked for on the
 * wire before it is offered: that machine may use it against its lease, which a waiting boot script
 * does, or a machine whose lease seemed to end because a clock was set.
 */
final class OfferAddress {
  private static final Logger LOG = LoggerFactory.getLogger(OfferAddress.class);

  /** Addresses that turn out to be in use, before the machine has to ask again. */
  private static final int MOST_IN_USE = 8;

  private final SubnetId subnet;
  private final AddressPool pool;
  private final PoolRoom room;
  private final CloseAddress closing;
  private final AddressProbe probe;
  private final ComposeReply compose;
  private final Function<BootRequest, BootPlan> assign;
  private final Executor loop;
  private final InstantSource clock;
  private final Map<ClientId, Asking> asking = new HashMap<>();

  /** A machine that waits for what is found on the wire; asked again, it is answered once. */
  private static final class Asking {
    private Query newest;
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    private Asking(Query first) {
      this.newest = first;
    }

    private CompletionStage<Answer> again(Query query) {
      answer.complete(new Answer.Heard("asks again while its address is asked for on the wire"));
      newest = query;
      answer = new CompletableFuture<>();
      return answer;
    }
  }

  OfferAddress(DhcpParts parts, ComposeReply compose, CloseAddress closing) {
    this.subnet = parts.settings().subnet().id();
    this.pool = parts.pool();
    this.room = parts.room();
    this.closing = closing;
    this.probe = parts.probe();
    this.compose = compose;
    this.assign = parts.assign();
    this.loop = parts.loop();
    this.clock = parts.clock();
  }

  CompletionStage<Answer> answer(Query query) {
    ClientId client = query.client();
    Asking earlier = asking.get(client);
    if (earlier != null) {
      return earlier.again(query);
    }
    Optional<Ipv4Address> address = choose(query);
    if (address.isEmpty() || !pool.wasOthers(client, address.get())) {
      return CompletableFuture.completedStage(offer(query, address, ""));
    }
    Asking begun = new Asking(query);
    asking.put(client, begun);
    ask(begun, address.get(), new InUse(0, ""))
        .whenCompleteAsync((answer, failure) -> finish(client, begun, answer, failure), loop);
    return begun.answer;
  }

  private void finish(
      ClientId client, Asking done, @Nullable Answer answer, @Nullable Throwable failure) {
    asking.remove(client);
    if (answer != null) {
      done.answer.complete(answer);
    } else {
      done.answer.completeExceptionally(Objects.requireNonNull(failure));
    }
  }

  private Optional<Ipv4Address> choose(Query query) {
    Optional<Ipv4Address> wish = query.packet().options().address(DhcpOption.REQUESTED_ADDRESS);
    return pool.offer(query.client(), wish, clock.instant());
  }

  /** How many were in use, and what is said of them. */
  private record InUse(int count, String said) {
    private InUse and(String more) {
      return new InUse(count + 1, said + more + "; ");
    }
  }

  private CompletionStage<Answer> ask(Asking of, Ipv4Address address, InUse before) {
    return probe
        .ask(address, of.newest.packet().client())
        .thenComposeAsync(found -> found(of, address, before, found), loop);
  }

  private CompletionStage<Answer> found(Asking of, Ipv4Address address, InUse before, Found found) {
    if (found instanceof Found.UsedBy used) {
      return close(of, address, used.card(), before);
    }
    if (found instanceof Found.Undecided) {
      return now(inQuestion(before.said() + address + " may be in use still: asked on the wire"));
    }
    return now(offer(of.newest, Optional.of(address), before.said()));
  }

  private CompletionStage<Answer> close(
      Asking of, Ipv4Address address, MacAddress card, InUse before) {
    return closing
        .close(address, of.newest.client(), CloseAddress.USED)
        .thenComposeAsync(
            closed -> {
              pool.withdraw(of.newest.client());
              if (closed.isEmpty()) {
                return now(inQuestion(before.said() + address + " is in use by " + card));
              }
              String said =
                  address
                      + " is in use by "
                      + card
                      + ", kept from all until "
                      + closed.get().until();
              LOG.warn("{}; by its lease it was free.", said);
              return next(of, before.and(said));
            },
            loop);
  }

  private CompletionStage<Answer> next(Asking of, InUse before) {
    if (before.count() >= MOST_IN_USE) {
      return now(inQuestion(before.said()));
    }
    Optional<Ipv4Address> address = choose(of.newest);
    return address.filter(it -> pool.wasOthers(of.newest.client(), it)).isPresent()
        ? ask(of, address.get(), before)
        : now(offer(of.newest, address, before.said()));
  }

  private Answer offer(Query query, Optional<Ipv4Address> address, String said) {
    if (address.isEmpty()) {
      room.refused(clock.instant());
      return new Answer.Silence("no-free-address", said + "no address is free for this machine");
    }
    BootPlan plan = assign.apply(query.boot(subnet));
    return new Answer.Reply(compose.offer(query, address.get(), plan), said + plan.why());
  }

  private static Answer inQuestion(String detail) {
    return new Answer.Silence("in-question", detail);
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
