package dev.kiln.bootserver.http;

import dev.kiln.bootserver.net.MacAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many reports are taken. One boot of cloud-init makes about 150 in a minute; a machine that
 * reports in a loop must neither fill the disk nor hide the others.
 */
final class ReportLimit {
  private static final int REMEMBERED = 10_000;
  private static final double BURST_OF_ONE = 400;
  private static final double PER_SECOND_OF_ONE = 5;
  private static final double BURST_OF_ALL = 20_000;
  private static final double PER_SECOND_OF_ALL = 1_000;

  private final Map<MacAddress, TokenBucket> machines = new Recent();
  private final TokenBucket all;

  ReportLimit(Instant now) {
    this.all = new TokenBucket(BURST_OF_ALL, PER_SECOND_OF_ALL, now);
  }

  synchronized boolean allows(MacAddress mac, Instant now) {
    TokenBucket machine =
        machines.computeIfAbsent(mac, key -> new TokenBucket(BURST_OF_ONE, PER_SECOND_OF_ONE, now));
    return machine.take(now) && all.take(now);
  }

  private static final class Recent extends LinkedHashMap<MacAddress, TokenBucket> {
    private static final long serialVersionUID = 1L;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<MacAddress, TokenBucket> eldest) {
      return size() > REMEMBERED;
    }
  }
}
