package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.admission.Rate;
import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.net.Ipv4Address;
import java.time.Duration;

/**
 * All a TFTP server is told.
 *
 * @param address the one address it listens on
 * @param port where requests arrive, 69 outside tests; 0 lets the system choose one
 * @param served where the clients are; others get no answer, whatever address they write into a
 *     request
 * @param maxBlockSize the largest block granted to a client that asks for more (RFC 2348), 512 to
 *     65464 octets; beyond 1468 a block no longer fits into one Ethernet frame
 * @param maxTransfers transfers at one time; a request beyond is dropped, and its client asks again
 * @param maxTransfersOfSender the same, of one address
 * @param requests how often each address, and all together, may ask
 * @param retransmitAfter the first wait for an acknowledgement, doubled with each repetition; a
 *     client may ask for another (RFC 2349)
 */
public record TftpSettings(
    Ipv4Address address,
    int port,
    ServedNetworks served,
    int maxBlockSize,
    int maxTransfers,
    int maxTransfersOfSender,
    Budgets.Rates requests,
    Duration retransmitAfter) {
  /** What every client takes (RFC 1350), and the least that may be the most. */
  public static final int DEFAULT_BLOCK = 512;

  /** Ethernet's 1500 less the headers of IP (20), UDP (8) and TFTP (4). */
  public static final int ETHERNET_BLOCK = 1468;

  /** A machine needs two or three requests for a boot. */
  public static final Budgets.Rates REQUESTS =
      Budgets.Rates.ofSenders(new Rate(200, 50), new Rate(5_000, 2_000));

  private static final int LARGEST_BLOCK = 65_464;

  public TftpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    if (maxBlockSize < DEFAULT_BLOCK || maxBlockSize > LARGEST_BLOCK) {
      throw new IllegalArgumentException(
          "the largest TFTP block has 512 to 65464 octets, not " + maxBlockSize);
    }
    if (maxTransfers < 1 || maxTransfers > 10_000 || maxTransfersOfSender < 1) {
      throw new IllegalArgumentException(
          "1 to 10000 TFTP transfers can run at one time, not " + maxTransfers);
    }
    if (retransmitAfter.isNegative()
        || retransmitAfter.isZero()
        || retransmitAfter.toSeconds() > 60) {
      throw new IllegalArgumentException(
          "TFTP repeats a packet after more than 0 and at most 60 seconds, not " + retransmitAfter);
    }
  }

  /** What suits a boot network. */
  public static TftpSettings of(Ipv4Address address, ServedNetworks served) {
    return new TftpSettings(
        address, 69, served, ETHERNET_BLOCK, 512, 64, REQUESTS, Duration.ofSeconds(1));
  }
}
