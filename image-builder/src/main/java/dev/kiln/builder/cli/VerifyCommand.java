package dev.kiln.builder.cli;

import dev.kiln.builder.inspect.Authenticity;
import dev.kiln.builder.inspect.VerifyImage;
import dev.kiln.builder.sign.VerifyingKey;
import dev.kiln.manifest.ImageDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code builder verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Check every file of an image against its manifest, every layer against its root hash,"
            + " and the signature against a key. Ends with 0 only where nothing is wrong, and"
            + " with 3 after naming everything that is.")
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The image's directory.")
  private Path directory;

  @Option(
      names = "--key",
      paramLabel = "FILE.pub",
      description = "The public key of whoever must have signed the image.")
  private @Nullable Path key;

  @Override
  public Integer call() {
    Optional<VerifyingKey> verifyingKey = Optional.ofNullable(key).map(VerifyingKey::read);
    ImageDirectory image = ImageDirectory.read(directory);
    Authenticity authenticity = VerifyImage.verify(image, verifyingKey, Distributions.known());
    PrintWriter out = spec.commandLine().getOut();
    out.println("image " + image.id());
    out.println(
        image.manifest().files().size()
            + " files and "
            + image.manifest().layers().size()
            + " layers are what the manifest says.");
    out.println(sentence(authenticity));
    out.flush();
    return 0;
  }

  private String sentence(Authenticity authenticity) {
    if (authenticity instanceof Authenticity.SignedBy signed) {
      return "Signed by the key " + signed.keyId() + ".";
    }
    Optional<?> claimed = ((Authenticity.NotChecked) authenticity).claimed();
    return "Authenticity was NOT checked, because no key was given: anybody may have made this"
        + " image. "
        + claimed
            .map(id -> "It claims to be signed by " + id + "; check")
            .orElse("It is not signed")
        + (claimed.isPresent() ? " with: builder verify " + directory + " --key FILE.pub" : ".");
  }
}
