package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.BootPlan;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.dhcp.Answer.Heard;
import dev.kiln.bootserver.dhcp.Answer.Reply;
import dev.kiln.bootserver.dhcp.Answer.Silence;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Leases;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Answers one client's message as RFC 2131 §4.3 says. All of it runs on one event loop; what is
 * durable is awaited without blocking it, and the memory follows the record in the record's order.
 *
 * <p>A machine is its hardware address. RFC 2131 §4.2 would have it be the client identifier
 * (option 61) where there is one, but firmware, iPXE and the operating system of one machine each
 * send another, and the machine must keep its address through its boot.
 */
final class AnswerDhcp {
  private final Subnet subnet;
  private final Subnets subnets;
  private final Leases leases;
  private final AddressPool pool;
  private final Executor loop;
  private final InstantSource clock;
  private final ComposeReply compose;
  private final OfferAddress offers;
  private final AnswerRequest requests;
  private final HearDecline declines;
  private final Function<BootRequest, BootPlan> assign;

  AnswerDhcp(DhcpParts parts) {
    this.subnet = parts.settings().subnet();
    this.subnets = new Subnets(List.of(subnet));
    this.leases = parts.leases();
    this.pool = parts.pool();
    this.loop = parts.loop();
    this.clock = parts.clock();
    this.assign = parts.assign();
    this.compose = new ComposeReply(parts);
    CloseAddress closing = new CloseAddress(parts);
    this.declines = new HearDecline(parts, closing);
    this.offers = new OfferAddress(parts, compose, closing);
    this.requests = new AnswerRequest(parts, compose);
  }

  CompletionStage<Answer> answer(Query query) {
    if (subnets.locate(query).isEmpty()) {
      return now(new Silence("other-network", "the client is in a network not served here"));
    }
    return switch (query.packet().type()) {
      case DISCOVER -> offers.answer(query);
      case REQUEST -> requests.answer(query);
      case DECLINE -> decline(query);
      case RELEASE -> release(query);
      case INFORM -> now(inform(query));
      case OFFER, ACK, NAK -> now(new Silence("not-a-request", "a server's message"));
    };
  }

  private CompletionStage<Answer> decline(Query query) {
    Ipv4Address address = query.subject();
    ClientId client = query.client();
    // Only who was given an address may say so, or one packet each would close the whole pool.
    if (namesAnotherServer(query) || !pool.isGivenTo(client, address, clock.instant())) {
      return now(new Heard(address + ", which it was not given: ignored"));
    }
    return declines.answer(query);
  }

  private CompletionStage<Answer> release(Query query) {
    Ipv4Address address = query.subject();
    ClientId client = query.client();
    if (namesAnotherServer(query) || !pool.isGivenTo(client, address, clock.instant())) {
      return now(new Heard(address + ", which it was not given: ignored"));
    }
    return leases
        .release(subnet.id(), address, client)
        .thenApplyAsync(
            ended -> {
              ended.ifPresent(pool::learn);
              return new Heard("");
            },
            loop);
  }

  private Answer inform(Query query) {
    // The reply goes to ciaddr: it must be of our network, so that nobody else can be hit.
    Ipv4Address address = query.packet().header().ciaddr();
    return subnet.network().hasHost(address)
        ? new Reply(compose.inform(query, assign.apply(query.boot(subnet.id()))), "options only")
        : new Silence("unclear", "a DHCPINFORM without an address of this network");
  }

  private boolean namesAnotherServer(Query query) {
    return query
        .packet()
        .options()
        .address(DhcpOption.SERVER_IDENTIFIER)
        .filter(server -> !server.equals(subnet.server()))
        .isPresent();
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
