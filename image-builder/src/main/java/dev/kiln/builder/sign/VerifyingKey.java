package dev.kiln.builder.sign;

import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** The public half of an Ed25519 key (RFC 8032): whoever has it can tell who signed an image. */
public final class VerifyingKey {
  private static final String LABEL = "PUBLIC KEY";

  private final PublicKey key;

  private VerifyingKey(PublicKey key) {
    this.key = key;
  }

  /** Reads a PEM file with a SubjectPublicKeyInfo (RFC 8410), as keygen and openssl write it. */
  public static VerifyingKey read(Path file) {
    Pem pem = Pem.read(file.toString(), BoundedFile.read(file, SigningKey.MAX_FILE));
    if (!pem.label().equals(LABEL)) {
      throw KilnException.input(
          file + " holds a " + pem.label() + ", not a " + LABEL,
          "Give the file with the ending .pub that 'builder keygen' wrote beside the private key");
    }
    try {
      return ofSpki(pem.der());
    } catch (GeneralSecurityException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          file + " holds no Ed25519 public key",
          "Make a key with 'builder keygen --output FILE'",
          e);
    }
  }

  static VerifyingKey ofSpki(byte[] der) throws GeneralSecurityException {
    return new VerifyingKey(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
  }

  /** The key's name: the SHA-256 of its SubjectPublicKeyInfo in DER. */
  public Digest id() {
    return Digest.of(key.getEncoded());
  }

  /** The file's content, PEM. */
  public byte[] toPem() {
    return new Pem(LABEL, key.getEncoded()).write();
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }
}
