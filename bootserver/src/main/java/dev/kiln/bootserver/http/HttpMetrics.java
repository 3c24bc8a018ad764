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

  private final MeterRegistry meters;

  HttpMetrics(MeterRegistry meters, Supplier<Number> connections) {
    this.meters = meters;
    Gauge.builder("kiln.http.connections", connections)
        .description("Connections that are open now")
        .register(meters);
  }

  /** Counts every answer, also where no route is found or a body is refused. */
  void observe(RoutingContext context) {
    context.addEndHandler(ended -> answered(context.get(ROUTE, "none"), context.response()));
    context.next();
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
    Counter.builder("kiln.http.sent.bytes")
        .description("Bytes of answers by route")
        .tag("route", route)
        .register(meters)
        .increment((double) response.bytesWritten());
  }
}
