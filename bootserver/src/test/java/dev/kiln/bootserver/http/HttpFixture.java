package dev.kiln.bootserver.http;

import dev.kiln.bootserver.admission.ServedNetworks;
import dev.kiln.bootserver.admission.Slots;
import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.BootAddresses;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.boot.ImageFixture;
import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.boot.Loaders;
import dev.kiln.bootserver.document.BootDocuments;
import dev.kiln.bootserver.document.BootSnapshot;
import dev.kiln.bootserver.event.Event;
import dev.kiln.bootserver.event.Events;
import dev.kiln.bootserver.event.Recording;
import dev.kiln.bootserver.health.Readiness;
import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.HostnamePattern;
import dev.kiln.bootserver.machine.ImageChoice;
import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.RegistryInMemory;
import dev.kiln.bootserver.machine.Selector;
import dev.kiln.bootserver.net.IpAddress;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.file.Digest;
import dev.kiln.node.nocloud.CloudConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP server by itself, on a port of the loopback interface, with everything else in memory.
 */
final class HttpFixture implements AutoCloseable {
  static final MacAddress KNOWN = MacAddress.parse("52:54:00:12:34:56");
  static final Duration IDLE = Duration.ofSeconds(2);
  static final int MAX_CONNECTIONS = 20;

  /** The address that the machine has by DHCP. */
  static final IpAddress OWN = IpAddress.parse("127.0.0.9");

  private static final int LISTENERS = 2;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions().setEventLoopPoolSize(LISTENERS).setPreferNativeTransport(true));
  private final Events events = new Events();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final BootHttpServer server;
  private final Digest image;

  /** Serves one machine and one image with a layer of {@code layerSize} bytes. */
  HttpFixture(Path directory, int layerSize) throws IOException {
    this(directory, layerSize, limits(MAX_CONNECTIONS, IDLE));
  }

  /** As above, with other limits. */
  HttpFixture(Path directory, int layerSize, HttpLimits limits) throws IOException {
    image = ImageFixture.write(directory.resolve("debian12"), 1, layerSize);
    ImageCatalogue images = new ImageCatalogue(directory);
    images.scan();
    BootAddresses addresses = new BootAddresses(URI.create("http://127.0.0.1"));
    BootSnapshot snapshot =
        new BootSnapshot(
            inventory(),
            images.snapshot(),
            new AssignBoot(
                inventory(), images.snapshot(), new Loaders(Map.of(), Map.of()), addresses),
            new BootDocuments(addresses, Optional.empty(), Optional.empty()));
    HttpParts parts =
        new HttpParts(
            () -> snapshot,
            new SubnetId("127.0.0.0/8"),
            new KeptLoaders(Map.of()),
            address -> address.equals(OWN) ? Optional.of(KNOWN) : Optional.empty(),
            new RegistryInMemory(),
            new RequestLog(this::record, address -> Optional.of(KNOWN), InstantSource.system()),
            new Readiness(Map.of(), List::of),
            meters);
    ServedNetworks served = new ServedNetworks(List.of(Ipv4Network.parse("127.0.0.0/8")));
    HttpEndpoint endpoint = new HttpEndpoint("127.0.0.1", 0, LISTENERS, served, limits);
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

  /** Where the system of the one machine finds its documents. */
  String seedPath(String document) {
    return "/nocloud/node-1/" + KNOWN.hyphens() + "/" + image.hex() + "/" + document;
  }

  /** The usual limits, with so many connections and another time of idleness. */
  static HttpLimits limits(int connections, Duration idle) {
    HttpLimits usual = HttpLimits.USUAL;
    return new HttpLimits(
        new Slots.Limits(connections, connections, connections),
        usual.head(),
        usual.body(),
        idle,
        usual.requests(),
        usual.reports());
  }

  List<Event> events() {
    return events.all();
  }

  /** The threads that recorded them: those that answered. */
  Set<String> threads() {
    return threads;
  }

  private CompletionStage<Recording> record(Event event) {
    threads.add(Thread.currentThread().getName());
    return events.record(event);
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
            new ImageChoice.One(new ImageName("debian12")),
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
