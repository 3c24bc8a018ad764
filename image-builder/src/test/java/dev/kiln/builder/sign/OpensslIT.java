package dev.kiln.builder.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.output.TestImage;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL is the judge: it reads our keys and verifies our signatures as docs/security.md says. */
class OpensslIT {
  /** The commands of docs/security.md, "Verifying without Kiln". */
  private static final String VERIFY =
      """
      set -eu
      { echo kiln-image-2; sha256sum manifest.json provenance.json lock.json sbom.cdx.json; } > signed.bin
      sed -n 's/.*"signature" : "\\(.*\\)".*/\\1/p' manifest.sig | base64 -d > signature.bin
      openssl pkeyutl -verify -pubin -inkey release.key.pub -rawin -in signed.bin -sigfile signature.bin
      """;

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void signAnImage() throws IOException {
    directory = temporary.resolve("image");
    ImageDirectory image = TestImage.write(directory);
    Path key = directory.resolve("release.key");
    GenerateKey.generate(key);
    SignImage.sign(image, SigningKey.read(key));
  }

  @Test
  void theCommandsAreThoseOfTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/security.md"));

    assertThat(page).contains(VERIFY.replace("set -eu\n", ""));
  }

  @Test
  void opensslVerifiesTheSignature() throws Exception {
    assertThat(sh(VERIFY)).isEqualTo("0: Signature Verified Successfully");
  }

  @ParameterizedTest
  @EnumSource(ImageDocument.class)
  void opensslRefusesAChangedDocument(ImageDocument document) throws Exception {
    Files.writeString(directory.resolve(document.file()), "\n", StandardOpenOption.APPEND);

    assertThat(sh(VERIFY)).startsWith("1: Signature Verification Failure");
  }

  @Test
  void theKeyIdIsTheSha256OfThePublicKeyAsOpensslWritesIt() throws Exception {
    String id = VerifyingKey.read(directory.resolve("release.key.pub")).id().hex();

    assertThat(sh("openssl pkey -in release.key -pubout -outform DER | sha256sum"))
        .isEqualTo("0: " + id + "  -");
  }

  @Test
  void aKeyOfOpensslSignsToo() throws Exception {
    sh("umask 077; openssl genpkey -algorithm ed25519 -out other.key");
    sh("openssl pkey -in other.key -pubout -out other.key.pub");

    SigningKey key = SigningKey.read(directory.resolve("other.key"));

    assertThat(key.verifyingKey().id())
        .isEqualTo(VerifyingKey.read(directory.resolve("other.key.pub")).id());
  }

  private String sh(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + ": " + output;
  }
}
