package dev.kiln.bootserver.tftp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which packets are lost or doubled. That follows from the seed, a packet's octets and how often
 * they passed before, and not from when it comes: so a seed does the same to each run.
 */
final class Losses {
  private static final int LOST_PERCENT = 10;
  private static final int DOUBLED_PERCENT = 5;

  private final long seed;
  private final Map<ByteBuffer, Integer> passed = new HashMap<>();

  Losses(long seed) {
    this.seed = seed;
  }

  /** How often the packet arrives: 0, 1 or 2 times. */
  int copies(ByteBuffer packet) {
    int dice = new SplittableRandom(seed ^ fingerprint(packet)).nextInt(100);
    if (dice < LOST_PERCENT) {
      return 0;
    }
    return dice < LOST_PERCENT + DOUBLED_PERCENT ? 2 : 1;
  }

  private long fingerprint(ByteBuffer packet) {
    byte[] octets = new byte[packet.remaining()];
    packet.duplicate().get(octets);
    int times = passed.merge(ByteBuffer.wrap(octets), 1, Integer::sum);
    return ((long) Arrays.hashCode(octets) << 32) + times;
  }
}
