package dev.kiln.builder.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSignatureTest {
  private static final byte[] MANIFEST = "{\"version\" : 1}\n".getBytes(UTF_8);

  private final SigningKey key = SigningKey.generate();

  @TempDir Path directory;

  @Test
  void verifiesWhatItsKeySigned() {
    assertThat(ManifestSignature.of(MANIFEST, key).verifies(MANIFEST, key.verifyingKey())).isTrue();
  }

  @Test
  void refusesAManifestOfWhichAnyBitWasChanged() {
    ManifestSignature signature = ManifestSignature.of(MANIFEST, key);

    for (int bit = 0; bit < MANIFEST.length * 8; bit++) {
      byte[] changed = MANIFEST.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(signature.verifies(changed, key.verifyingKey())).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void refusesAnotherKey() {
    assertThat(
            ManifestSignature.of(MANIFEST, key)
                .verifies(MANIFEST, SigningKey.generate().verifyingKey()))
        .isFalse();
  }

  @Test
  void refusesWhatTheKeySignedForAnotherPurpose() {
    String replayed = Base64.getEncoder().encodeToString(key.sign(MANIFEST));
    var signature = new ManifestSignature(1, "Ed25519", key.verifyingKey().id(), replayed);

    assertThat(signature.verifies(MANIFEST, key.verifyingKey())).isFalse();
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    ManifestSignature signature = ManifestSignature.of(MANIFEST, key);
    Files.write(directory.resolve(ManifestSignature.FILE), Json.write(signature));

    assertThat(ManifestSignature.readFrom(directory)).contains(signature);
  }

  @Test
  void isEmptyWhereNobodySigned() {
    assertThat(ManifestSignature.readFrom(directory)).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoSignature() throws IOException {
    String id = key.verifyingKey().id().toString();
    for (String wrong :
        new String[] {
          "",
          "{}",
          "null",
          sig(2, "Ed25519", id, "A".repeat(86) + "=="),
          sig(1, "none", id, "A".repeat(86) + "=="),
          sig(1, "Ed25519", id, "AAAA"),
          sig(1, "Ed25519", id, "not base64!"),
          sig(1, "Ed25519", "sha256:1", "A".repeat(86) + "=="),
        }) {
      Files.writeString(directory.resolve(ManifestSignature.FILE), wrong);
      assertThatThrownBy(() -> ManifestSignature.readFrom(directory))
          .as(wrong)
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("manifest.sig is not a manifest signature");
    }
  }

  private static String sig(int version, String algorithm, String id, String signature) {
    return "{\"version\":%d,\"algorithm\":\"%s\",\"keyId\":\"%s\",\"signature\":\"%s\"}"
        .formatted(version, algorithm, id, signature);
  }
}
