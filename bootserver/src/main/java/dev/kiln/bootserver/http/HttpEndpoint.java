package dev.kiln.bootserver.http;

import java.time.Duration;

/**
 * Where HTTP is served, and how much clients can make it hold.
 *
 * @param port 0 lets the system choose one
 * @param maxConnections at one time; those beyond are closed at once, and clients come again
 * @param idle a connection on which nothing moves for so long is closed
 */
public record HttpEndpoint(String address, int port, int maxConnections, Duration idle) {
  /** What suits a boot network of some thousand machines. */
  public static HttpEndpoint of(String address, int port) {
    return new HttpEndpoint(address, port, 4_096, Duration.ofSeconds(60));
  }
}
