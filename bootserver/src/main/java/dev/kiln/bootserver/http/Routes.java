package dev.kiln.bootserver.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Every path that is served. Nothing here needs a login, so nothing here is a secret. */
public final class Routes {
  /** Bytes of a report's body; cloud-init's have a few hundred. */
  private static final int MAX_REPORT = 8 * 1024;

  private final Router router;
  private final HttpMetrics metrics;

  private Routes(Vertx vertx, HttpMetrics metrics) {
    this.router = Router.router(vertx);
    this.metrics = metrics;
  }

  /** The whole table. */
  static Router of(Vertx vertx, HttpParts parts, Clients clients, HttpMetrics metrics) {
    Routes routes = new Routes(vertx, metrics);
    routes.each(clients);
    // iPXE's first script, which asks again with the machine's identity.
    routes.get("/boot.ipxe", new IdentifyHandler(parts));
    // The script of one machine: ?mac=&uuid=&serial=
    routes.get("/ipxe", new BootScriptHandler(parts));
    // iPXE itself, for UEFI HTTP Boot.
    routes.get("/loaders/:file", new LoaderHandler(parts));
    // Kernel, initrd and layers of an image, by the image's id.
    routes.get("/images/:id/:file", new ImageFileHandler(parts));
    // cloud-init's NoCloud seed: meta-data, user-data, vendor-data, network-config.
    routes.get("/nocloud/:machine/:mac/:image/:document", new SeedHandler(parts));
    // What a machine says of its own boot.
    routes.post("/events/:machine/:mac", MAX_REPORT, new ReportHandler(parts, clients));
    // For monitoring.
    routes.get("/healthz", context -> PlainText.send(context, 200, "ok"));
    routes.get("/readyz", new ReadyHandler(parts.readiness()));
    routes.get("/metrics", new MetricsHandler(parts.meters()));
    return routes.finished();
  }

  /** What is done for every request, whether a route takes it or not. */
  private void each(Clients clients) {
    router
        .route()
        .handler(
            context -> {
              context.addEndHandler(
                  ended -> clients.of(context.request()).ifPresent(Client::answered));
              metrics.observe(context);
            });
  }

  private void get(String path, Handler<RoutingContext> handler) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(metrics.named(path))
        .handler(handler);
  }

  private void post(String path, int maxBody, Handler<RoutingContext> handler) {
    // A route of its own: nothing of a user may stand before the handler of bodies.
    router.post(path).handler(metrics.named(path));
    router.post(path).handler(BodyHandler.create(false).setBodyLimit(maxBody)).handler(handler);
  }

  private Router finished() {
    router.errorHandler(400, context -> PlainText.send(context, 400, "This request is malformed."));
    router.errorHandler(
        404, context -> PlainText.send(context, 404, "There is nothing at this address."));
    router.errorHandler(
        405, context -> PlainText.send(context, 405, "This address does not take this method."));
    router.errorHandler(
        413, context -> PlainText.send(context, 413, "A report has at most 8192 bytes."));
    router.errorHandler(500, new DefectHandler());
    return router;
  }
}
