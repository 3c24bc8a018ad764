package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.boot.Asker;
import dev.kiln.bootserver.boot.BootRequest;
import dev.kiln.bootserver.dhcp.codec.DhcpHeader;
import dev.kiln.bootserver.dhcp.codec.DhcpOption;
import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Instant;

/** Tells each machine's timeline what it asked for and what it got. */
final class DhcpTimeline {
  private final EventLog events;
  private final SubnetId subnet;

  DhcpTimeline(EventLog events, SubnetId subnet) {
    this.events = events;
    this.subnet = subnet;
  }

  void record(Query query, Instant asked, Answer answer, Instant answered) {
    DhcpPacket request = query.packet();
    Values why = Values.of(Field.WHY, answer.detail());
    if (answer instanceof Answer.Heard) {
      // A sentence names the address itself.
      record(
          asked,
          request,
          step(request.type()),
          answer.detail().isEmpty() ? and(Values.NONE, request.subject()) : why);
      return;
    }
    record(asked, request, step(request.type()), described(query));
    if (answer instanceof Answer.Reply reply) {
      record(answered, request, step(reply.packet().type()), reply(reply.packet(), why));
    } else {
      record(answered, request, Step.DHCP_UNANSWERED, why);
    }
  }

  private void record(Instant at, DhcpPacket request, Step step, Values values) {
    events.record(Event.seen(at, request.client(), step, values));
  }

  private Values described(Query query) {
    BootRequest boot = query.boot(subnet);
    Values client =
        Values.of(Field.ASKER, boot.asker())
            .and(
                Field.ARCHITECTURE,
                boot.architectures().stream()
                    .findFirst()
                    .filter(architecture -> boot.asker() != Asker.OTHER));
    DhcpPacket request = query.packet();
    return request.type() == MessageType.REQUEST
        ? and(client, request.subject()).and(Field.STATE, RequestState.of(query))
        : client;
  }

  private static Values reply(DhcpPacket packet, Values why) {
    DhcpHeader header = packet.header();
    return and(and(why, header.ciaddr()), header.yiaddr())
        .and(
            Field.SECONDS,
            packet.options().number(DhcpOption.LEASE_TIME).filter(it -> isAck(packet)));
  }

  /** An offer's time is nobody's yet. */
  private static boolean isAck(DhcpPacket packet) {
    return packet.type() == MessageType.ACK;
  }

  private static Values and(Values values, Ipv4Address address) {
    return address.equals(Ipv4Address.NONE) ? values : values.and(Field.ADDRESS, address);
  }

  private static Step step(MessageType type) {
    return switch (type) {
      case DISCOVER -> Step.DHCP_DISCOVER;
      case OFFER -> Step.DHCP_OFFER;
      case REQUEST -> Step.DHCP_REQUEST;
      case DECLINE -> Step.DHCP_DECLINE;
      case ACK -> Step.DHCP_ACK;
      case NAK -> Step.DHCP_NAK;
      case RELEASE -> Step.DHCP_RELEASE;
      case INFORM -> Step.DHCP_INFORM;
    };
  }
}
