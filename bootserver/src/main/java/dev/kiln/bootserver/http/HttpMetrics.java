package dev.kiln.bootserver.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Counts answers by route and status, and the bytes sent. */
final class HttpMetrics {
  private final MeterRegistry meters;

  HttpMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  Handler<RoutingContext> counted(String route, Handler<RoutingContext> handler) {
    return context -> {
      context.addEndHandler(
          ended -> {
            String status = Integer.toString(context.response().getStatusCode());
            meters.counter("kiln.http.requests", "route", route, "status", status).increment();
            meters
                .counter("kiln.http.sent.bytes", "route", route)
                .increment((double) context.response().bytesWritten());
          });
      handler.handle(context);
    };
  }
}
