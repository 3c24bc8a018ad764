package dev.kiln.builder.sign;

import dev.kiln.document.Json;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The file {@code manifest.sig}: who signed the image's documents, as {@link SignedDocuments} has
 * them.
 *
 * @param version of this format
 * @param algorithm always {@code Ed25519} (RFC 8032, the pure variant)
 * @param keyId SHA-256 of the public key's SubjectPublicKeyInfo in DER
 * @param signature its 64 bytes in Base64
 */
public record ImageSignature(int version, String algorithm, Digest keyId, String signature) {
  /** The file's name in an image directory. */
  public static final String FILE = "manifest.sig";

  private static final int VERSION = 2;
  private static final String ALGORITHM = "Ed25519";
  private static final int SIGNATURE_SIZE = 64;
  private static final int MAX_FILE = 4096;

  public ImageSignature {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "this signature has format " + version + "; this program reads format " + VERSION);
    }
    if (!algorithm.equals(ALGORITHM)) {
      throw new IllegalArgumentException("'" + algorithm + "' is not " + ALGORITHM);
    }
    if (Base64.getDecoder().decode(signature).length != SIGNATURE_SIZE) {
      throw new IllegalArgumentException("an Ed25519 signature has 64 bytes");
    }
  }

  static ImageSignature of(SignedDocuments documents, SigningKey key) {
    return new ImageSignature(
        VERSION,
        ALGORITHM,
        key.verifyingKey().id(),
        Base64.getEncoder().encodeToString(key.sign(documents.message())));
  }

  /** Reads the signature of an image directory; empty where the image is not signed. */
  public static Optional<ImageSignature> readFrom(Path imageDirectory) {
    Path file = imageDirectory.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] content = BoundedFile.read(file, MAX_FILE);
    return Optional.of(Json.read(file.toString(), content, ImageSignature.class, VERSION));
  }

  /** True where this key signed exactly the documents that lie in the image directory. */
  public boolean verifies(ImageDirectory image, VerifyingKey key) {
    return verifies(SignedDocuments.of(image), key);
  }

  boolean verifies(SignedDocuments documents, VerifyingKey key) {
    return key.verifies(documents.message(), Base64.getDecoder().decode(signature));
  }
}
