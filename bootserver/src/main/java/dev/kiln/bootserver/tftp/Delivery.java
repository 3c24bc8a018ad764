package dev.kiln.bootserver.tftp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Which file goes to whom, and how.
 *
 * @param peer address and port of the client
 * @param file all of it, from 0 to its limit
 */
record Delivery(InetSocketAddress peer, Agreement agreement, ByteBuffer file) {
  /** The octets of a block, numbered from 1. */
  ByteBuffer block(long number) {
    int from = (int) before(number);
    return file.slice(from, (int) before(number + 1) - from);
  }

  /** How many octets are in the blocks before one. */
  long before(long number) {
    return Math.min(agreement.size(), Math.max(0, number - 1) * agreement.blockSize());
  }
}
