package dev.kiln.lab.ssh;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** The key pair a lab logs in with (ECDSA P-256), made anew for each lab. */
public final class LabKey {
  private static final String COMMENT = "kiln-lab";

  private final KeyPair pair;
  private final Path file;

  private LabKey(KeyPair pair, Path file) {
    this.pair = pair;
    this.file = file;
  }

  /**
   * Makes the pair and writes its private half, in OpenSSH's format, for its owner alone.
   *
   * @param file of the private half
   */
  public static LabKey create(Path file) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      LabKey key = new LabKey(generator.generateKeyPair(), file);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key.pair, COMMENT, null, text);
      AtomicFile.writeSecret(file, text.toByteArray());
      return key;
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ECDSA with P-256", e);
    }
  }

  KeyPair pair() {
    return pair;
  }

  /** The file of the private half. */
  public Path file() {
    return file;
  }

  /** The public half as one line of {@code authorized_keys}. */
  public String publicLine() {
    return PublicKeyEntry.toString(pair.getPublic()) + " " + COMMENT;
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return publicLine();
  }
}
