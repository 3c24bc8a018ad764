package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.net.DatagramLoop;
import dev.kiln.failure.KilnException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A read-only TFTP server on one address, on a thread of its own. */
public final class TftpServer implements AutoCloseable {
  private final DatagramLoop loop;
  private final InetSocketAddress address;

  private TftpServer(DatagramLoop loop, InetSocketAddress address) {
    this.loop = loop;
    this.address = address;
  }

  /**
   * Starts to answer. Blocks until the socket listens: not for event loops.
   *
   * @throws KilnException where the address or the port cannot be had
   */
  public static TftpServer start(TftpSettings settings, TftpServices services) {
    DatagramLoop loop = DatagramLoop.start("tftp");
    Sessions sessions = new Sessions(settings);
    TftpContext context =
        new TftpContext(
            settings,
            services.source(),
            new Budgets(settings.requests()),
            loop,
            new TftpTimeline(services.events(), services.machines(), services.clock()),
            new TftpMetrics(services.meters(), sessions::count));
    try {
      InetSocketAddress address =
          loop.listen(
              new InetSocketAddress(settings.address().toInet(), settings.port()),
              Optional.empty(),
              TftpDecoder.MAX_PACKET + 1,
              new TftpListener(context, sessions));
      return new TftpServer(loop, address);
    } catch (KilnException e) {
      loop.close();
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Breaks off what is being sent, and waits for that. */
  @Override
  public void close() {
    loop.close();
  }
}
