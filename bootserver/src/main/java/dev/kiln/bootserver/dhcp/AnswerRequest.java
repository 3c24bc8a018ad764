package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.dhcp.Answer.Heard;
import dev.kiln.bootserver.dhcp.Answer.Reply;
import dev.kiln.bootserver.dhcp.Answer.Silence;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.Claim;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Answers DHCPREQUEST, state by state of the client, as RFC 2131 §4.3.2 says. */
final class AnswerRequest {
  private final Subnet subnet;
  private final LeaseTime leaseTime;
  private final Leases leases;
  private final AddressPool pool;
  private final ComposeReply compose;
  private final Executor loop;
  private final InstantSource clock;
  private final Function<BootRequest, BootPlan> assign;

  AnswerRequest(DhcpParts parts, ComposeReply compose) {
    this.subnet = parts.settings().subnet();
    this.leaseTime = parts.settings().leaseTime();
    this.leases = parts.leases();
    this.pool = parts.pool();
    this.compose = compose;
    this.loop = parts.loop();
    this.clock = parts.clock();
    this.assign = parts.assign();
  }

  CompletionStage<Answer> answer(Query query) {
    Ipv4Address address = query.subject();
    RequestState state = RequestState.of(query);
    return switch (state) {
      case SELECTING -> selecting(query, address);
      case INIT_REBOOT -> initReboot(query, address);
      case RENEWING, REBINDING -> lengthen(query, address, state);
      case UNCLEAR -> now(new Silence("unclear", "a request without an address"));
    };
  }

  private CompletionStage<Answer> selecting(Query query, Ipv4Address address) {
    Ipv4Address server =
        query.packet().options().address(DhcpOption.SERVER_IDENTIFIER).orElseThrow();
    if (!server.equals(subnet.server())) {
      pool.withdraw(query.client());
      return now(new Heard("took the offer of another server, " + server));
    }
    return pool.mayHave(query.client(), address, clock.instant())
        ? confirm(query, address)
        : now(refuse(query, address + " is not, or no longer, for this machine"));
  }

  private CompletionStage<Answer> initReboot(Query query, Ipv4Address address) {
    ClientId client = query.client();
    if (!subnet.network().hasHost(address)) {
      return now(refuse(query, address + " is not in " + subnet.network()));
    }
    if (pool.leaseOf(client).isEmpty()) {
      // "MUST remain silent": another server may know it. The client then starts anew.
      return now(new Silence("unknown-client", "wants " + address + ", but has no lease here"));
    }
    boolean right = pool.leaseOf(client).filter(it -> it.address().equals(address)).isPresent();
    return right && pool.mayHave(client, address, clock.instant())
        ? confirm(query, address)
        : now(refuse(query, address + " is not the address of this machine"));
  }

  private CompletionStage<Answer> lengthen(Query query, Ipv4Address address, RequestState state) {
    ClientId client = query.client();
    Instant time = clock.instant();
    if (!subnet.network().hasHost(address)) {
      return now(refuse(query, address + " is not in " + subnet.network()));
    }
    if (pool.mayHave(client, address, time)) {
      return confirm(query, address);
    }
    // Of an address that is nobody's here, another server may be in charge, where all are asked.
    return state == RequestState.RENEWING
            || pool.knows(client)
            || !pool.freeFor(client, address, time)
        ? now(refuse(query, address + " is not the address of this machine"))
        : now(new Silence("unknown-client", "renews " + address + ", which is not given here"));
  }

  /** The address is acknowledged only when the lease is durable. */
  private CompletionStage<Answer> confirm(Query query, Ipv4Address address) {
    pool.hold(address, query.client(), clock.instant());
    return leases
        .confirm(subnet.id(), address, query.client(), leaseTime.duration())
        .thenApplyAsync(claim -> claimed(query, address, claim), loop);
  }

  private Answer claimed(Query query, Ipv4Address address, Claim claim) {
    if (claim instanceof Claim.Granted granted) {
      pool.learn(granted.lease());
      return new Reply(
          compose.acknowledge(query, address, assign.apply(query.boot(subnet.id()))), "");
    }
    pool.learn(((Claim.Taken) claim).by());
    return refuse(query, address + " is in use");
  }

  private Answer refuse(Query query, String why) {
    pool.withdraw(query.client());
    return new Reply(compose.refuse(query.packet(), why), why);
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
