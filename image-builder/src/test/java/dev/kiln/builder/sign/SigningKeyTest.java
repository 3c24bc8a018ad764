package dev.kiln.builder.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  @TempDir Path directory;

  /** The first vector of RFC 8032, section 7.1: the empty message. */
  @Test
  void signsAsRfc8032Does() throws IOException {
    String seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + seed);
    SigningKey key = SigningKey.read(secret(new Pem("PRIVATE KEY", pkcs8).write()));

    assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb88215"
                + "90a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void refusesAKeyThatOthersMayReadOrWrite(String mode) throws IOException {
    Path file = secret(SigningKey.generate().toPem());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> SigningKey.read(file))
        .hasMessageContaining("may be read or written by others")
        .hasMessageContaining("chmod 600");
  }

  /** Whoever follows such an advice for a file of the system locks everybody else out of it. */
  @ParameterizedTest
  @MethodSource("filesThatAreNoKey")
  void advisesNoModeForAFileThatIsNoKeyOfItsOwn(byte[] content) throws IOException {
    Path file = Files.write(directory.resolve("server.key"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageNotContaining("chmod");
  }

  static Stream<byte[]> filesThatAreNoKey() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    return Stream.of(
        "root:x:0:0:root:/root:/bin/sh\n".getBytes(US_ASCII),
        new Pem("PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded()).write(),
        new Pem("PRIVATE KEY", new byte[] {1, 2, 3}).write());
  }

  @Test
  void saysThatAnEncryptedKeyIsNotRead() throws IOException {
    Path file = secret(new Pem("ENCRYPTED PRIVATE KEY", new byte[10]).write());

    assertThatThrownBy(() -> SigningKey.read(file))
        .hasMessageContaining("is encrypted")
        .extracting(e -> ((KilnException) e).kind())
        .isEqualTo(KilnException.Kind.UNSUPPORTED);
  }

  @Test
  void saysThatThePublicHalfCannotSign() throws IOException {
    Path file = secret(SigningKey.generate().verifyingKey().toPem());

    assertThatThrownBy(() -> SigningKey.read(file))
        .hasMessageContaining("holds a PUBLIC KEY, not a PRIVATE KEY");
  }

  @Test
  void refusesAKeyOfAnotherKind() throws Exception {
    byte[] ec = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    Path file = secret(new Pem("PRIVATE KEY", ec).write());

    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("no Ed25519 private key");
  }

  @Test
  void refusesWhatIsNotPem() throws IOException {
    assertThatThrownBy(() -> SigningKey.read(secret("hello".getBytes(US_ASCII))))
        .hasMessageContaining("is not a PEM file with one key");
    assertThatThrownBy(() -> SigningKey.read(secret(new byte[5000])))
        .hasMessageContaining("has more than 4096 bytes");
    assertThatThrownBy(() -> SigningKey.read(directory.resolve("nowhere")))
        .hasMessageContaining("there is no file");
  }

  private Path secret(byte[] content) throws IOException {
    Path file = directory.resolve("key");
    AtomicFile.writeSecret(file, content);
    return file;
  }
}
