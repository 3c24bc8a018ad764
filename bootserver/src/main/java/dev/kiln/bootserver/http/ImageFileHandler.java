package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.PublishedImage;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The files of an image. Their address holds the image's id, so they never change: whoever has one
 * may keep it for ever.
 */
final class ImageFileHandler implements Handler<RoutingContext> {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final HttpParts parts;
  private final SendFile sender;

  ImageFileHandler(HttpParts parts) {
    this.parts = parts;
    this.sender = new SendFile(parts.requests(), FileSteps.IMAGE_FILE);
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<PublishedImage> image = find(context.pathParam("id"));
    ImageFile file = image.map(i -> i.files().get(context.pathParam("file"))).orElse(null);
    if (image.isEmpty() || file == null) {
      PlainText.send(context, 404, "No image of this id has such a file.");
      return;
    }
    sender.send(
        context,
        new ServedFile(
            file.name(),
            new ServedFile.OnDisk(image.get().path(file)),
            file.size(),
            "\"" + file.digest().hex() + "\"",
            FOR_EVER));
  }

  private Optional<PublishedImage> find(String id) {
    try {
      return Optional.ofNullable(parts.current().get().images().byId().get(new Digest(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
