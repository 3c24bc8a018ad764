package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.dhcp.codec.DhcpPacket;
import dev.kiln.bootserver.dhcp.codec.MessageType;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.lease.SubnetId;
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
    if (answer instanceof Answer.Heard heard) {
      record(asked, request, request.type().label(), heard.detail());
    } else if (answer instanceof Answer.Silence silence) {
      record(asked, request, request.type().label(), described(query));
      record(answered, request, "unanswered", silence.detail());
    } else if (answer instanceof Answer.Reply reply) {
      record(asked, request, request.type().label(), described(query));
      record(answered, request, reply.packet().type().label(), reply.detail());
    }
  }

  private void record(Instant at, DhcpPacket request, String step, String detail) {
    events.record(Event.seen(at, request.client(), Step.DHCP + step, detail));
  }

  private String described(Query query) {
    DhcpPacket request = query.packet();
    String client = query.boot(subnet).described();
    return request.type() == MessageType.REQUEST
        ? request.subject() + ", " + RequestState.of(query) + ", " + client
        : client;
  }
}
