package dev.kiln.builder.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSignatureTest {
  private static final SignedDocuments DOCUMENTS = documents();

  private final SigningKey key = SigningKey.generate();

  @TempDir Path directory;

  @Test
  void verifiesWhatItsKeySigned() {
    assertThat(ImageSignature.of(DOCUMENTS, key).verifies(DOCUMENTS, key.verifyingKey())).isTrue();
  }

  @Test
  void isOverTheLineOfItsFormatAndThoseOfSha256sum() {
    assertThat(new String(DOCUMENTS.message(), UTF_8))
        .isEqualTo(
            """
            kiln-image-2
            %s  manifest.json
            %s  provenance.json
            %s  lock.json
            %s  sbom.cdx.json
            """
                .formatted(DOCUMENTS.digests().values().stream().map(Digest::hex).toArray()));
  }

  @Test
  void refusesAnImageOfWhichAnyDocumentWasChanged() {
    ImageSignature signature = ImageSignature.of(DOCUMENTS, key);

    for (ImageDocument document : ImageDocument.values()) {
      Map<ImageDocument, Digest> changed = new EnumMap<>(DOCUMENTS.digests());
      changed.put(document, Digest.of("changed"));
      assertThat(signature.verifies(new SignedDocuments(changed), key.verifyingKey()))
          .as("%s", document)
          .isFalse();
    }
  }

  @Test
  void refusesASignatureOfWhichAnyBitWasChanged() {
    byte[] good = key.sign(DOCUMENTS.message());

    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(signature(changed).verifies(DOCUMENTS, key.verifyingKey()))
          .as("bit %d", bit)
          .isFalse();
    }
    assertThat(signature(good).verifies(DOCUMENTS, key.verifyingKey())).isTrue();
  }

  @Test
  void refusesAnotherKey() {
    assertThat(
            ImageSignature.of(DOCUMENTS, key)
                .verifies(DOCUMENTS, SigningKey.generate().verifyingKey()))
        .isFalse();
  }

  @Test
  void refusesWhatTheKeySignedForAnotherPurpose() {
    byte[] message = DOCUMENTS.message();
    byte[] withoutItsFirstLine =
        Arrays.copyOfRange(message, "kiln-image-2\n".length(), message.length);

    assertThat(signature(key.sign(withoutItsFirstLine)).verifies(DOCUMENTS, key.verifyingKey()))
        .isFalse();
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    ImageSignature signature = ImageSignature.of(DOCUMENTS, key);
    Files.write(directory.resolve(ImageSignature.FILE), Json.write(signature));

    assertThat(ImageSignature.readFrom(directory)).contains(signature);
  }

  @Test
  void isEmptyWhereNobodySigned() {
    assertThat(ImageSignature.readFrom(directory)).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoSignature() throws IOException {
    String id = key.verifyingKey().id().toString();
    for (String wrong :
        new String[] {
          "",
          "{}",
          "null",
          sig(2, "none", id, "A".repeat(86) + "=="),
          sig(2, "Ed25519", id, "AAAA"),
          sig(2, "Ed25519", id, "not base64!"),
          sig(2, "Ed25519", "sha256:1", "A".repeat(86) + "=="),
        }) {
      Files.writeString(directory.resolve(ImageSignature.FILE), wrong);
      assertThatThrownBy(() -> ImageSignature.readFrom(directory))
          .as(wrong)
          .isInstanceOf(KilnException.class)
          .hasMessageContaining("manifest.sig is not an image signature");
    }
  }

  @Test
  void namesTheFormatOfAnOlderSignature() throws IOException {
    String id = key.verifyingKey().id().toString();
    Files.writeString(
        directory.resolve(ImageSignature.FILE), sig(1, "Ed25519", id, "A".repeat(86) + "=="));

    assertThatThrownBy(() -> ImageSignature.readFrom(directory))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            directory
                + "/manifest.sig has format 1; this program reads format 2. Make it again with"
                + " this program, or use the one that wrote it.");
  }

  private ImageSignature signature(byte[] bytes) {
    return new ImageSignature(
        2, "Ed25519", key.verifyingKey().id(), Base64.getEncoder().encodeToString(bytes));
  }

  private static SignedDocuments documents() {
    Map<ImageDocument, Digest> digests = new EnumMap<>(ImageDocument.class);
    for (ImageDocument document : ImageDocument.values()) {
      digests.put(document, Digest.of(document.file()));
    }
    return new SignedDocuments(digests);
  }

  private static String sig(int version, String algorithm, String id, String signature) {
    return "{\"version\":%d,\"algorithm\":\"%s\",\"keyId\":\"%s\",\"signature\":\"%s\"}"
        .formatted(version, algorithm, id, signature);
  }
}
