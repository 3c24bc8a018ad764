package dev.kiln.builder.cli;

import dev.kiln.builder.inspect.ImageSummary;
import dev.kiln.document.Json;
import dev.kiln.manifest.ImageDirectory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code builder inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Tell what an image is made of. It reads what the image says of itself; 'builder verify'"
            + " checks it.")
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The image's directory.")
  private Path directory;

  @Option(names = "--json", description = "As JSON, sizes in bytes.")
  private boolean json;

  @Override
  public Integer call() {
    ImageSummary image = ImageSummary.of(ImageDirectory.read(directory));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new String(Json.write(image), StandardCharsets.UTF_8));
    } else {
      print(image, out);
    }
    out.flush();
    return 0;
  }

  private static void print(ImageSummary image, PrintWriter out) {
    out.println("image      " + image.id());
    out.println("profile    " + image.profile() + " (" + image.architecture() + ")");
    out.println("zone       " + image.zone());
    out.println("lock       " + image.lock());
    out.println("builder    " + image.builder());
    out.println("kernel     " + image.kernel());
    out.println("arguments  " + String.join(" ", image.kernelArguments()));
    out.println("size       " + megabytes(image.size()));
    for (ImageSummary.LayerSummary layer : image.layers()) {
      out.printf(
          Locale.ROOT,
          "layer      %-12s %10s  root hash %s%n",
          layer.name(),
          megabytes(layer.size()),
          layer.rootHash().hex());
    }
    out.println("packages   " + image.packages());
    for (ImageSummary.PinSummary pin : image.pins()) {
      out.printf(
          "pin        %s %s%s%n",
          pin.name(), pin.version(), pin.built() ? " (built from source)" : "");
    }
    out.println(
        image.signedBy() == null
            ? "signature  none"
            : "signature  names the key " + image.signedBy() + " (not checked here)");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
