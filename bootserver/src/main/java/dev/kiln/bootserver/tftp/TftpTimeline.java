package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.EventLog;
import dev.kiln.bootserver.event.Field;
import dev.kiln.bootserver.event.Step;
import dev.kiln.bootserver.event.Values;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacResolver;
import java.net.InetSocketAddress;
import java.time.InstantSource;

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
        Values.of(Field.FILE, file)
            .and(Field.BYTES, agreement.size())
            .and(Field.BLOCK_SIZE, agreement.blockSize()));
  }

  void refused(InetSocketAddress peer, String file, String reason) {
    record(peer, Step.TFTP_REFUSED, Values.of(Field.FILE, file).and(Field.WHY, reason));
  }

  void ended(InetSocketAddress peer, String file, TransferEnd end) {
    Step step =
        switch (end.outcome()) {
          case DONE -> Step.TFTP_DONE;
          case PROBED -> Step.TFTP_PROBE;
          case ABORTED, TIMED_OUT, FAILED -> Step.TFTP_ABORT;
        };
    Values values = Values.of(Field.FILE, file);
    record(peer, step, step == Step.TFTP_PROBE ? values : transfer(values, end));
  }

  private static Values transfer(Values file, TransferEnd end) {
    return file.and(Field.BYTES, end.octets())
        .and(Field.MILLIS, end.took().toMillis())
        .and(Field.REPEATED, end.repeated())
        .and(Field.WHY, end.reason());
  }

  private void record(InetSocketAddress peer, Step step, Values values) {
    events.record(
        new Event(
            clock.instant(),
            machines.resolve(IpAddress.of(peer.getAddress())),
            step,
            values.and(Field.PEER, peer.getAddress().getHostAddress()),
            false));
  }
}
