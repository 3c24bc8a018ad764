package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.BootDocuments;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.boot.ImageFixture;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.HostnamePattern;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.RegistryInMemory;
import dev.kiln.bootserver.machine.Selector;
import dev.kiln.file.Digest;
import dev.kiln.node.nocloud.CloudConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP server by itself, on a port of the loopback interface, with everything else in memory.
 */
final class HttpFixture implements AutoCloseable {
  static final MacAddress KNOWN = MacAddress.parse("52:54:00:12:34:56");
  static final Duration IDLE = Duration.ofSeconds(2);
  static final int MAX_CONNECTIONS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final BootHttpServer server;
  private final Digest image;

  /** Serves one machine and one image with a layer of {@code layerSize} bytes. */
  HttpFixture(Path directory, int layerSize) throws IOException {
    this(directory, layerSize, IDLE);
  }

  /** As above, with another time after which a connection is closed on which nothing moves. */
  HttpFixture(Path directory, int layerSize, Duration idle) throws IOException {
    image = ImageFixture.write(directory.resolve("debian12"), 1, layerSize);
    ImageCatalogue images = new ImageCatalogue(directory);
    images.scan();
    BootAddresses addresses = new BootAddresses(URI.create("http://127.0.0.1"));
    HttpParts parts =
        new HttpParts(
            new AssignBoot(HttpFixture::inventory, images::snapshot, addresses),
            new BootDocuments(addresses, Optional.empty()),
            images,
            Map.of(),
            new RegistryInMemory(),
            new RequestLog(events::add, address -> Optional.of(KNOWN), Clock.systemUTC()),
            new Readiness(Map.of()),
            meters);
    HttpEndpoint endpoint = new HttpEndpoint("127.0.0.1", 0, MAX_CONNECTIONS, idle);
    server =
        BootHttpServer.start(vertx, endpoint, parts)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  String imagePath(String file) {
    return "/images/" + image.hex() + "/" + file;
  }

  List<Event> events() {
    return events;
  }

  String metrics() {
    return meters.scrape();
  }

  private static Inventory inventory() {
    Machine machine =
        new Machine(
            "node-1",
            List.of(KNOWN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    Group group =
        new Group(
            "all",
            new Selector(Map.of()),
            "debian12",
            Optional.empty(),
            HostnamePattern.NAME,
            List.of(),
            List.of(),
            CloudConfig.EMPTY);
    return new Inventory(List.of(machine), List.of(group));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
