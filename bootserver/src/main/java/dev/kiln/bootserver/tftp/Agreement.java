package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a file is transferred, after the client's options were looked at (RFC 2347). What is unknown
 * or out of range is left out of the answer, which means "no".
 *
 * @param size the file's octets
 * @param blockSize octets of every block but the last (RFC 2348)
 * @param firstWait how long an acknowledgement is waited for before the first repetition
 * @param fixedWait whether later repetitions wait no longer: the client named the time (RFC 2349)
 * @param acknowledged the options of the OACK; empty where none is sent
 */
record Agreement(
    long size,
    int blockSize,
    Duration firstWait,
    boolean fixedWait,
    Map<String, String> acknowledged) {
  private static final String BLOCK_SIZE = "blksize";
  private static final String INTERVAL = "timeout";
  private static final String SIZE = "tsize";
  private static final int SMALLEST_BLOCK = 8;
  private static final int LARGEST_BLOCK = 65_464;

  // RFC 2349 allows 255; a client that is gone would then keep its place for half an hour.
  private static final int LONGEST_INTERVAL_SECONDS = 30;

  static Agreement of(ReadRequest request, long size, TftpSettings settings) {
    Map<String, String> acknowledged = new LinkedHashMap<>();
    int blockSize = TftpSettings.DEFAULT_BLOCK;
    Duration wait = settings.retransmitAfter();
    for (Map.Entry<String, String> option : request.options().entrySet()) {
      long value = number(option.getValue()).orElse(-1);
      switch (option.getKey()) {
        case BLOCK_SIZE -> {
          if (value >= SMALLEST_BLOCK && value <= LARGEST_BLOCK) {
            blockSize = (int) Math.min(value, settings.maxBlockSize());
            acknowledged.put(BLOCK_SIZE, Integer.toString(blockSize));
          }
        }
        case INTERVAL -> {
          if (value >= 1 && value <= LONGEST_INTERVAL_SECONDS) {
            wait = Duration.ofSeconds(value);
            acknowledged.put(INTERVAL, option.getValue());
          }
        }
        case SIZE -> {
          // curl takes a size of 0 for a fault; an empty file says by itself how long it is.
          if (size > 0) {
            acknowledged.put(SIZE, Long.toString(size));
          }
        }
        default -> {
          // Not known here: RFC 2347 wants it left out.
        }
      }
    }
    return new Agreement(size, blockSize, wait, acknowledged.containsKey(INTERVAL), acknowledged);
  }

  /** Whether the client wants to know the size, and may want nothing else. */
  boolean tellsSize() {
    return acknowledged.containsKey(SIZE);
  }

  /** The number of the last block, from 1: the first that is shorter than the others. */
  long lastBlock() {
    return size / blockSize + 1;
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
