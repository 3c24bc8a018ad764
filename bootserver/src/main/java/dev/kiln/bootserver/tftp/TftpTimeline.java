package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacResolver;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Locale;

/** Tells each machine's timeline which files it fetched. */
final class TftpTimeline {
  private final EventLog events;
  private final MacResolver machines;
  private final InstantSource clock;

  TftpTimeline(EventLog events, MacResolver machines, InstantSource clock) {
    this.events = events;
    this.machines = machines;
    this.clock = clock;
  }

  void started(InetSocketAddress peer, String file, Agreement agreement) {
    record(
        peer,
        Step.TFTP_START,
        file + ", " + agreement.size() + " bytes in blocks of " + agreement.blockSize());
  }

  void refused(InetSocketAddress peer, String file, String reason) {
    record(peer, Step.TFTP_REFUSED, file + ": " + reason);
  }

  void ended(InetSocketAddress peer, String file, TransferEnd end) {
    String step =
        switch (end.outcome()) {
          case DONE -> Step.TFTP_DONE;
          case PROBED -> Step.TFTP_PROBE;
          case ABORTED, TIMED_OUT, FAILED -> Step.TFTP_ABORT;
        };
    record(peer, step, file + ", " + described(end));
  }

  private static String described(TransferEnd end) {
    if (end.outcome() == TransferEnd.Outcome.PROBED) {
      return "its size only";
    }
    double seconds = end.took().toNanos() / 1e9;
    String sum =
        String.format(
            Locale.ROOT,
            "%d bytes in %.3f s, %d packets repeated",
            end.octets(),
            seconds,
            end.repeated());
    return end.reason().isEmpty() ? sum : sum + ": " + end.reason();
  }

  private void record(InetSocketAddress peer, String step, String detail) {
    String from = peer.getAddress().getHostAddress() + " ";
    events.record(
        new Event(
            clock.instant(),
            machines.resolve(IpAddress.of(peer.getAddress())),
            step,
            from + detail,
            false));
  }
}
