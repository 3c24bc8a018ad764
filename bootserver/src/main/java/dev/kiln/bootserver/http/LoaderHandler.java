package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.KeptLoaders;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.boot.LoaderProgram;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Boot programs for UEFI HTTP Boot, whose firmware asks with HEAD for the size first. */
final class LoaderHandler implements Handler<RoutingContext> {
  private final KeptLoaders loaders;
  private final SendFile sender;

  LoaderHandler(HttpParts parts) {
    this.loaders = parts.loaders();
    this.sender = new SendFile(parts.requests(), FileSteps.LOADER);
  }

  @Override
  public void handle(RoutingContext context) {
    String name = context.pathParam("file");
    Optional<LoaderProgram> program = LoaderName.asked(name).flatMap(loaders::find);
    if (program.isEmpty()) {
      PlainText.send(context, 404, "There is no such loader.");
      return;
    }
    // A package upgrade may replace the file: whoever has it asks whether it is still this one.
    sender.send(
        context,
        new ServedFile(
            name,
            new ServedFile.InMemory(program.get()),
            program.get().size(),
            "\"" + program.get().digest().hex() + "\"",
            "no-cache"));
  }
}
