package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.Answer.Heard;
import dev.kiln.bootserver.dhcp.Answer.Reply;
import dev.kiln.bootserver.dhcp.Answer.Silence;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Answers one client's message as RFC 2131 §4.3 says. All of it runs on one event loop; what is
 * durable is awaited without blocking it.
 *
 * <p>A machine is its hardware address. RFC 2131 §4.2 would have it be the client identifier
 * (option 61) where there is one, but firmware, iPXE and the operating system of one machine each
 * send another, and the machine must keep its address through its boot.
 */
final class AnswerDhcp {
  /** How long an address that somebody else uses is left alone. */
  private static final Duration QUARANTINE = Duration.ofMinutes(10);

  private final DhcpSettings settings;
  private final Leases leases;
  private final AddressPool pool;
  private final Executor loop;
  private final InstantSource clock;
  private final ComposeReply compose;
  private final AnswerRequest requests;

  AnswerDhcp(
      DhcpSettings settings, Leases leases, AddressPool pool, Executor loop, InstantSource clock) {
    this.settings = settings;
    this.leases = leases;
    this.pool = pool;
    this.loop = loop;
    this.clock = clock;
    this.compose = new ComposeReply(settings);
    this.requests = new AnswerRequest(settings, leases, pool, loop, clock);
  }

  CompletionStage<Answer> answer(DhcpPacket request) {
    if (!serves(request)) {
      return now(new Silence("other-network", "the client is in a network not served here"));
    }
    return switch (request.type()) {
      case DISCOVER -> now(discover(request));
      case REQUEST -> requests.answer(request);
      case DECLINE -> decline(request);
      case RELEASE -> release(request);
      case INFORM -> now(inform(request));
      case OFFER, ACK, NAK -> now(new Silence("not-a-request", "a server's message"));
    };
  }

  /** RFC 2131 §4.3.1: the relay's address, or else our own, says in which network the client is. */
  private boolean serves(DhcpPacket request) {
    Ipv4Address near =
        request.relayed() ? request.header().giaddr() : settings.endpoint().address();
    return settings.subnet().network().contains(near);
  }

  private Answer discover(DhcpPacket request) {
    BootOffer boot = BootOffer.decide(BootClient.of(request), settings.boot());
    return pool.offer(
            request.client(),
            request.options().address(DhcpOption.REQUESTED_ADDRESS),
            clock.instant())
        .<Answer>map(
            address -> new Reply(compose.offer(request, address), address + "; " + boot.why()))
        .orElseGet(() -> new Silence("no-free-address", "no address is free for this machine"));
  }

  private CompletionStage<Answer> decline(DhcpPacket request) {
    Ipv4Address address = request.subject();
    Instant time = clock.instant();
    // Only who was given an address may say so, or one packet each would close the whole pool.
    if (namesAnotherServer(request) || !pool.isGivenTo(request.client(), address, time)) {
      return now(new Heard(address + ", which it was not given: ignored"));
    }
    Instant until = time.plus(QUARANTINE);
    pool.learn(new Lease(address, request.client(), Lease.State.DECLINED, until));
    return leases
        .decline(address, request.client(), until)
        .thenApplyAsync(
            done -> new Heard(address + " is used by another; kept from all until " + until), loop);
  }

  private CompletionStage<Answer> release(DhcpPacket request) {
    Ipv4Address address = request.subject();
    Instant time = clock.instant();
    if (namesAnotherServer(request) || !pool.isGivenTo(request.client(), address, time)) {
      return now(new Heard(address + ", which it was not given: ignored"));
    }
    pool.learn(Lease.bound(address, request.client(), time));
    return leases
        .release(address, request.client(), time)
        .thenApplyAsync(done -> new Heard(address.toString()), loop);
  }

  private Answer inform(DhcpPacket request) {
    // The reply goes to ciaddr: it must be of our network, so that nobody else can be hit.
    Ipv4Address address = request.header().ciaddr();
    return settings.subnet().network().hasHost(address)
        ? new Reply(compose.inform(request), "options only, for " + address)
        : new Silence("unclear", "a DHCPINFORM without an address of this network");
  }

  private boolean namesAnotherServer(DhcpPacket request) {
    return request
        .options()
        .address(DhcpOption.SERVER_IDENTIFIER)
        .filter(server -> !server.equals(settings.endpoint().address()))
        .isPresent();
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
