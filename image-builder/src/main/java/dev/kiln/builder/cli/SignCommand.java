package dev.kiln.builder.cli;

import dev.kiln.builder.sign.ImageSignature;
import dev.kiln.builder.sign.SignImage;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.manifest.ImageDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code builder sign}: for a key that is not where the bake runs. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description =
        "Sign an image that is there: its manifest, provenance, lock and SBOM. An earlier signature"
            + " is replaced. Run 'builder verify' first: a signature is a promise.")
public final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The image's directory.")
  private Path directory;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key that 'builder keygen' wrote.")
  private Path key;

  @Override
  public Integer call() {
    ImageDirectory image = ImageDirectory.read(directory);
    ImageSignature signature = SignImage.sign(image, SigningKey.read(key));
    PrintWriter out = spec.commandLine().getOut();
    out.println("image " + image.id());
    out.println("Signed by the key " + signature.keyId() + ".");
    out.flush();
    return 0;
  }
}
