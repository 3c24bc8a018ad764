package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.event.Step;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/** Boot programs for UEFI HTTP Boot, whose firmware asks with HEAD for the size first. */
final class LoaderHandler implements Handler<RoutingContext> {
  private final Map<LoaderName, Path> loaders;
  private final SendFile sender;

  LoaderHandler(Map<LoaderName, Path> loaders, RequestLog requests) {
    this.loaders = loaders;
    this.sender = new SendFile(requests, Step.LOADER);
  }

  @Override
  public void handle(RoutingContext context) {
    String name = context.pathParam("file");
    Path path = name(name).map(loaders::get).orElse(null);
    if (path == null) {
      PlainText.send(context, 404, "There is no such loader.");
      return;
    }
    try {
      // A package upgrade may replace the file, so its size and tag are read each time.
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      String tag = "\"" + attributes.size() + "-" + attributes.lastModifiedTime().toMillis() + "\"";
      sender.send(context, new ServedFile(name, path, attributes.size(), tag, "no-cache"));
    } catch (IOException e) {
      context.fail(e);
    }
  }

  private static Optional<LoaderName> name(String text) {
    try {
      return Optional.of(new LoaderName(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
