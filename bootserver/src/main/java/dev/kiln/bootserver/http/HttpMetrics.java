package dev.kiln.bootserver.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Counts answers by route and status, and the bytes sent. */
final class HttpMetrics {
  private static final String ROUTE = "kiln.route";
  private static final String SENT = "kiln.sent";

  private final MeterRegistry meters;

  HttpMetrics(MeterRegistry meters, Supplier<Number> connections) {
    this.meters = meters;
    Gauge.builder("kiln.http.connections", connections)
        .description("Connections that are open now")
        .register(meters);
  }

  /** Counts every answer, also where no route is found or a body is refused. */
  void observe(RoutingContext context) {
    context.addEndHandler(
        ended -> {
          answered(context.get(ROUTE, "none"), context.response());
          bytes(context.get(ROUTE, "none"), context.get(SENT, 0L));
        });
    context.next();
  }

  /** Bytes of a file that went past the response, which does not count them. */
  static void sent(RoutingContext context, long bytes) {
    context.put(SENT, context.get(SENT, 0L) + bytes);
  }

  /** What a route is called. */
  Handler<RoutingContext> named(String route) {
    return context -> context.put(ROUTE, route).next();
  }

  void answered(String route, HttpServerResponse response) {
    Counter.builder("kiln.http.requests")
        .description("Answers by route and status")
        .tags("route", route, "status", Integer.toString(response.getStatusCode()))
        .register(meters)
        .increment();
    bytes(route, response.bytesWritten());
  }

  private void bytes(String route, long count) {
    Counter.builder("kiln.http.sent.bytes")
        .description("Bytes of answers by route")
        .tag("route", route)
        .register(meters)
        .increment((double) count);
  }
}
