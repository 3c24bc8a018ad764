package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.Answer.Heard;
import dev.kiln.bootserver.dhcp.Answer.Reply;
import dev.kiln.bootserver.dhcp.Answer.Silence;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Answers DHCPREQUEST, state by state of the client, as RFC 2131 §4.3.2 says. */
final class AnswerRequest {
  private final DhcpSettings settings;
  private final Leases leases;
  private final AddressPool pool;
  private final ComposeReply compose;
  private final Executor loop;
  private final InstantSource clock;

  AnswerRequest(
      DhcpSettings settings, Leases leases, AddressPool pool, Executor loop, InstantSource clock) {
    this.settings = settings;
    this.leases = leases;
    this.pool = pool;
    this.compose = new ComposeReply(settings);
    this.loop = loop;
    this.clock = clock;
  }

  CompletionStage<Answer> answer(DhcpPacket request) {
    Ipv4Address address = request.subject();
    return switch (RequestState.of(request)) {
      case SELECTING -> selecting(request, address);
      case INIT_REBOOT -> initReboot(request, address);
      case RENEWING -> renewing(request, address);
      case UNCLEAR -> now(new Silence("unclear", "a request without an address"));
    };
  }

  private CompletionStage<Answer> selecting(DhcpPacket request, Ipv4Address address) {
    Ipv4Address server = request.options().address(DhcpOption.SERVER_IDENTIFIER).orElseThrow();
    if (!server.equals(settings.endpoint().address())) {
      pool.withdraw(request.client());
      return now(new Heard("took the offer of another server, " + server));
    }
    return pool.mayHave(request.client(), address, clock.instant())
        ? claim(request, address)
        : now(refuse(request, address + " is not, or no longer, for this machine"));
  }

  private CompletionStage<Answer> initReboot(DhcpPacket request, Ipv4Address address) {
    MacAddress client = request.client();
    if (!settings.subnet().network().hasHost(address)) {
      return now(refuse(request, address + " is not in " + settings.subnet().network()));
    }
    if (pool.leaseOf(client).isEmpty()) {
      // "MUST remain silent": another server may know it. The client then starts anew.
      return now(new Silence("unknown-client", "wants " + address + ", but has no lease here"));
    }
    boolean right = pool.leaseOf(client).filter(it -> it.address().equals(address)).isPresent();
    return right && pool.mayHave(client, address, clock.instant())
        ? claim(request, address)
        : now(refuse(request, address + " is not the address of this machine"));
  }

  /**
   * RENEWING and REBINDING look alike here: a socket does not say whether a packet came by unicast.
   */
  private CompletionStage<Answer> renewing(DhcpPacket request, Ipv4Address address) {
    MacAddress client = request.client();
    Instant time = clock.instant();
    if (!settings.subnet().network().hasHost(address)) {
      return now(refuse(request, address + " is not in " + settings.subnet().network()));
    }
    if (pool.mayHave(client, address, time)) {
      return claim(request, address);
    }
    // Of an address that is nobody's here, another server may be in charge.
    return pool.knows(client) || !pool.freeFor(client, address, time)
        ? now(refuse(request, address + " is not the address of this machine"))
        : now(new Silence("unknown-client", "renews " + address + ", which is not given here"));
  }

  /** The address is acknowledged only when the lease is durable. */
  private CompletionStage<Answer> claim(DhcpPacket request, Ipv4Address address) {
    Instant time = clock.instant();
    pool.hold(address, request.client(), time);
    Lease wish = Lease.bound(address, request.client(), time.plus(settings.leaseTime()));
    return leases.claim(wish, time).thenApplyAsync(claim -> claimed(request, claim), loop);
  }

  private Answer claimed(DhcpPacket request, Claim claim) {
    if (claim instanceof Claim.Granted granted) {
      pool.learn(granted.lease());
      return new Reply(
          compose.acknowledge(request, granted.lease().address()),
          granted.lease().address() + " for " + settings.leaseTime().toSeconds() + " s");
    }
    Lease other = ((Claim.Taken) claim).by();
    pool.learn(other);
    return refuse(request, other.address() + " is in use");
  }

  private Answer refuse(DhcpPacket request, String why) {
    pool.withdraw(request.client());
    return new Reply(compose.refuse(request, why), why);
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
