package dev.kiln.bootserver.app;

import dev.kiln.bootserver.dhcp.DhcpServer;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.bootserver.net.MacResolver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The DHCP server, which starts when everything that it offers can be had. */
final class LateDhcp implements AutoCloseable, MacResolver {
  private volatile @Nullable DhcpServer server;

  void runs(DhcpServer started) {
    server = started;
  }

  /** Whether a packet would find it now. */
  boolean answering() {
    DhcpServer running = server;
    return running != null && running.answering();
  }

  @Override
  public Optional<MacAddress> resolve(IpAddress address) {
    DhcpServer running = server;
    return running == null ? Optional.empty() : running.resolver().resolve(address);
  }

  @Override
  public void close() {
    DhcpServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }
}
