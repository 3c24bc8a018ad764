package dev.kiln.builder.sign;

import dev.kiln.document.Json;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The file {@code manifest.sig}: who signed the manifest beside it.
 *
 * <p>What is signed is the line {@code kiln-manifest-1}, its line feed, and then the exact bytes of
 * {@code manifest.json}: so a signature that the same key made over anything else never passes for
 * the signature of an image.
 *
 * @param version of this format
 * @param algorithm always {@code Ed25519} (RFC 8032, the pure variant)
 * @param keyId SHA-256 of the public key's SubjectPublicKeyInfo in DER
 * @param signature its 64 bytes in Base64
 */
public record ManifestSignature(int version, String algorithm, Digest keyId, String signature) {
  /** The file's name in an image directory. */
  public static final String FILE = "manifest.sig";

  private static final int VERSION = 1;
  private static final String ALGORITHM = "Ed25519";
  private static final int SIGNATURE_SIZE = 64;
  private static final int MAX_FILE = 4096;
  private static final byte[] PREFIX = "kiln-manifest-1\n".getBytes(StandardCharsets.US_ASCII);

  public ManifestSignature {
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

  /** Signs a manifest's bytes. */
  public static ManifestSignature of(byte[] manifest, SigningKey key) {
    return new ManifestSignature(
        VERSION,
        ALGORITHM,
        key.verifyingKey().id(),
        Base64.getEncoder().encodeToString(key.sign(message(manifest))));
  }

  /** Reads the signature of an image directory; empty where the image is not signed. */
  public static Optional<ManifestSignature> readFrom(Path imageDirectory) {
    Path file = imageDirectory.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] content = BoundedFile.read(file, MAX_FILE);
    return Optional.of(Json.read(file.toString(), content, ManifestSignature.class));
  }

  /** True where this key signed exactly these bytes. */
  public boolean verifies(byte[] manifest, VerifyingKey key) {
    return key.verifies(message(manifest), Base64.getDecoder().decode(signature));
  }

  private static byte[] message(byte[] manifest) {
    byte[] message = new byte[PREFIX.length + manifest.length];
    System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
    System.arraycopy(manifest, 0, message, PREFIX.length, manifest.length);
    return message;
  }
}
