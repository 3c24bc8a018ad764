package dev.kiln.builder.sign;

import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** An Ed25519 private key (RFC 8032) that signs images. It never prints itself. */
public final class SigningKey {
  /** Bytes; a key has about 120. */
  static final int MAX_FILE = 4096;

  private static final String LABEL = "PRIVATE KEY";

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final PrivateKey key;
  private final VerifyingKey verifyingKey;

  private SigningKey(PrivateKey key) throws GeneralSecurityException {
    this.key = key;
    this.verifyingKey = PublicHalf.of(key);
  }

  /** Makes a new key from the platform's secure random numbers. */
  public static SigningKey generate() {
    try {
      return new SigningKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }

  /** Reads a PEM file with a PKCS #8 key (RFC 8410) that nobody but its owner may read. */
  public static SigningKey read(Path file) {
    return read(file, new InputFiles());
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param inputs is told of the file that was read
   */
  public static SigningKey read(Path file, InputFiles inputs) {
    byte[] content = BoundedFile.read(file, MAX_FILE);
    inputs.read(file, content);
    Pem pem = Pem.read(file.toString(), content);
    if (pem.label().equals("ENCRYPTED PRIVATE KEY")) {
      throw KilnException.unsupported(
          file + " is encrypted, and builder asks for no passphrase",
          "Decrypt it into a file of mode 0600 on an encrypted disk: openssl pkey -in " + file);
    }
    if (!pem.label().equals(LABEL)) {
      throw KilnException.input(
          file + " holds a " + pem.label() + ", not a " + LABEL,
          "Give the file that 'builder keygen' wrote, without the ending .pub");
    }
    try {
      SigningKey key =
          new SigningKey(
              KeyFactory.getInstance("Ed25519")
                  .generatePrivate(new PKCS8EncodedKeySpec(pem.der())));
      // Not before it is known to be a key of builder's: another program's file has another mode.
      refuseIfOthersMayRead(file);
      return key;
    } catch (GeneralSecurityException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          file + " holds no Ed25519 private key",
          "Make a key with 'builder keygen --output FILE'",
          e);
    }
  }

  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The file's content, PEM: a secret. */
  byte[] toPem() {
    return new Pem(LABEL, key.getEncoded()).write();
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }

  /**
   * Refuses a key's file that others than its owner may read.
   *
   * @throws KilnException that says how to mend it
   */
  public static void refuseIfOthersMayRead(Path file) {
    try {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
      if (OTHERS.stream().anyMatch(granted::contains)) {
        throw KilnException.input(
            "the private key " + file + " may be read or written by others",
            "Run: chmod 600 " + file + ". If others were on this machine, make a new key");
      }
    } catch (IOException e) {
      throw KilnException.io("read the permissions of " + file, e);
    }
  }

  /**
   * Java 17 cannot derive the public key of a private one it has read; Bouncy Castle can. It stands
   * in a class of its own because that jar is signed, which the JVM checks for a quarter of a
   * second: only who signs waits for it.
   */
  private static final class PublicHalf {
    static VerifyingKey of(PrivateKey key) throws GeneralSecurityException {
      byte[] seed =
          ((EdECPrivateKey) key)
              .getBytes()
              .orElseThrow(() -> new GeneralSecurityException("the key has no bytes"));
      try {
        return VerifyingKey.ofSpki(
            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                    new Ed25519PrivateKeyParameters(seed).generatePublicKey())
                .getEncoded());
      } catch (IOException e) {
        throw new GeneralSecurityException(e);
      }
    }
  }
}
