package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.net.DatagramLoop;
import dev.kiln.failure.KilnException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A read-only TFTP server on one address, on a thread of its own and two that read files. */
public final class TftpServer implements AutoCloseable {
  private static final int FILE_THREADS = 2;

  private final DatagramLoop loop;
  private final ExecutorService files;
  private final InetSocketAddress address;

  private TftpServer(DatagramLoop loop, ExecutorService files, InetSocketAddress address) {
    this.loop = loop;
    this.files = files;
    this.address = address;
  }

  /**
   * Starts to answer. Blocks until the socket listens: not for event loops.
   *
   * @throws KilnException where the address or the port cannot be had
   */
  public static TftpServer start(TftpSettings settings, TftpServices services) {
    ExecutorService files =
        Executors.newFixedThreadPool(FILE_THREADS, new DefaultThreadFactory("tftp-files"));
    DatagramLoop loop = DatagramLoop.start("tftp");
    Map<InetSocketAddress, Session> sessions = new ConcurrentHashMap<>();
    TftpContext context =
        new TftpContext(
            settings,
            services.source(),
            loop,
            files,
            new TftpTimeline(services.events(), services.machines(), services.clock()),
            new TftpMetrics(services.meters(), sessions::size));
    try {
      InetSocketAddress address =
          loop.listen(
              new InetSocketAddress(settings.address().toInet(), settings.port()),
              Optional.empty(),
              TftpDecoder.MAX_PACKET + 1,
              new TftpListener(context, sessions));
      return new TftpServer(loop, files, address);
    } catch (KilnException e) {
      stop(loop, files);
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
    stop(loop, files);
  }

  private static void stop(DatagramLoop loop, ExecutorService files) {
    loop.close();
    files.shutdown();
  }
}
