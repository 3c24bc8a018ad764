package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Step;
import java.time.Instant;

/** Tells each machine's timeline what it asked for and what it got. */
final class DhcpTimeline {
  private final EventLog events;

  DhcpTimeline(EventLog events) {
    this.events = events;
  }

  void record(DhcpPacket request, Instant asked, Answer answer, Instant answered) {
    if (answer instanceof Answer.Heard heard) {
      record(asked, request, request.type().label(), heard.detail());
    } else if (answer instanceof Answer.Silence silence) {
      record(asked, request, request.type().label(), described(request));
      record(answered, request, "unanswered", silence.detail());
    } else if (answer instanceof Answer.Reply reply) {
      record(asked, request, request.type().label(), described(request));
      record(answered, request, reply.packet().type().label(), reply.detail());
    }
  }

  private void record(Instant at, DhcpPacket request, String step, String detail) {
    events.record(Event.seen(at, request.client(), Step.DHCP + step, detail));
  }

  private static String described(DhcpPacket request) {
    String client = BootClient.of(request).toString();
    return request.type() == MessageType.REQUEST
        ? request.subject() + ", " + RequestState.of(request) + ", " + client
        : client;
  }
}
