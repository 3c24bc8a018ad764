package dev.kiln.builder.cli;

import dev.kiln.builder.sign.GenerateKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code builder keygen}. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description =
        "Make an Ed25519 key pair to sign images with, and print the key's id (the SHA-256 of its"
            + " public half).")
public final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description =
          "The private key (PKCS #8, PEM, mode 0600); its public half goes to FILE.pub. Neither"
              + " is ever replaced.")
  private Path output;

  @Override
  public Integer call() {
    GenerateKey.Generated generated = GenerateKey.generate(output);
    PrintWriter out = spec.commandLine().getOut();
    if (generated.completed()) {
      out.println(output + " was there already; its missing public half was written.");
    }
    out.println("key id:      " + generated.id());
    out.println("private key: " + output + " (keep it secret)");
    out.println(
        "public key:  " + GenerateKey.publicHalfOf(output) + " (give it to whoever verifies)");
    out.flush();
    return 0;
  }
}
