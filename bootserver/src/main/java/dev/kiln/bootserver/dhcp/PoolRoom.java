package dev.kiln.bootserver.dhcp;

import dev.kiln.bootserver.lease.AddressPool;
import dev.kiln.bootserver.lease.PoolUse;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the pool is exhausted, and once that it has room again. */
final class PoolRoom {
  private static final Logger LOG = LoggerFactory.getLogger(PoolRoom.class);

  /** It has room again when one address of so many is free, or it would be said at every lease. */
  private static final int ROOM_OF = 20;

  private final AddressPool pool;
  private final DhcpMetrics metrics;
  private boolean exhausted;

  PoolRoom(AddressPool pool, DhcpMetrics metrics) {
    this.pool = pool;
    this.metrics = metrics;
  }

  /** A machine asked and got no address. */
  void refused(Instant now) {
    PoolUse use = pool.use(now);
    if (!exhausted && use.size() > 0 && use.free() == 0) {
      exhausted = true;
      LOG.warn(
          "The DHCP pool is exhausted: none of its {} addresses is free, and machines without a"
              + " reservation get none. Make dhcp.pool larger, or dhcp.leaseTime shorter.",
          use.size());
    }
  }

  /** Looks how full it is; every second or so. */
  void look(Instant now) {
    PoolUse use = pool.use(now);
    metrics.set(use);
    if (exhausted && use.free() >= Math.max(1, use.size() / ROOM_OF)) {
      exhausted = false;
      LOG.info(
          "The DHCP pool has room again: {} of {} addresses are free.", use.free(), use.size());
    }
  }
}
