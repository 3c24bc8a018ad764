package dev.kiln.builder.cli;

import dev.kiln.builder.inspect.ImageSummary;
import dev.kiln.builder.progress.Amount;
import dev.kiln.document.Json;
import dev.kiln.failure.Shown;
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
  /** Characters: a kernel's command line has no more. */
  private static final int LONGEST = 2_047;

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
      out.print(ascii(new String(Json.write(image), StandardCharsets.UTF_8)));
    } else {
      print(image, out);
    }
    out.flush();
    return 0;
  }

  private static void print(ImageSummary image, PrintWriter out) {
    out.println("image      " + image.id());
    out.println("profile    " + shown(image.profile()) + " (" + shown(image.architecture()) + ")");
    out.println("zone       " + shown(image.zone()));
    out.println("lock       " + image.lock());
    out.println("builder    " + shown(image.builder()));
    out.println("kernel     " + shown(image.kernel()));
    out.println("arguments  " + shown(String.join(" ", image.kernelArguments())));
    out.println("size       " + Amount.of(image.size()));
    for (ImageSummary.LayerSummary layer : image.layers()) {
      out.printf(
          Locale.ROOT,
          "layer      %-12s %10s  root hash %s%n",
          layer.name(),
          Amount.of(layer.size()),
          layer.rootHash().hex());
    }
    out.println("packages   " + image.packages());
    for (ImageSummary.PinSummary pin : image.pins()) {
      out.printf(
          "pin        %s %s%s%n",
          shown(pin.name()), shown(pin.version()), pin.built() ? " (built from source)" : "");
    }
    out.println(
        image.signedBy() == null
            ? "signature  none"
            : "signature  names the key " + image.signedBy() + " (not checked here)");
  }

  /** Whoever wrote the image may have meant to write on the terminal of who looks at it. */
  private static String shown(String text) {
    return Shown.of(text, LONGEST);
  }

  /** The same document (RFC 8259, section 7), which does nothing to a terminal. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      ascii.append(c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return ascii.toString();
  }
}
