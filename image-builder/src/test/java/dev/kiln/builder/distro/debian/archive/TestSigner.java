package dev.kiln.builder.distro.debian.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyEditor;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;

/**
 * Who signs a repository made in a test.
 *
 * @param key the secret key, which has no passphrase
 */
public record TestSigner(OpenPGPKey key) {
  /** A key that is good from now on for ever. */
  public static TestSigner create() {
    return createdAt(Instant.now().minus(Duration.ofDays(1)));
  }

  static TestSigner createdAt(Instant time) {
    return createdAt(time, Duration.ZERO);
  }

  /** A key that is good for a time only; zero is for ever. */
  static TestSigner createdAt(Instant time, Duration lifetime) {
    try {
      return new TestSigner(
          new BcOpenPGPApi()
              .generateKey(4, Date.from(time))
              .withPrimaryKey(
                  PGPKeyPairGenerator::generateEd25519KeyPair,
                  SignatureParameters.Callback.Util.modifyHashedSubpackets(
                      packets -> {
                        packets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
                        packets.setKeyExpirationTime(lifetime.toSeconds());
                        return packets;
                      }))
              .addUserId("Test archive <archive@example.org>")
              .build());
    } catch (PGPException e) {
      throw new AssertionError(e);
    }
  }

  /** A day after the key was made: now, for a test. */
  Instant now() {
    return key.getPrimaryKey().getCreationTime().toInstant().plus(Duration.ofDays(1));
  }

  /** The same key, which its owner withdrew. */
  TestSigner revoked() {
    try {
      return new TestSigner(
          new OpenPGPKeyEditor(key, secret -> null, new BcOpenPGPImplementation())
              .revokeKey()
              .done());
    } catch (PGPException e) {
      throw new AssertionError(e);
    }
  }

  /** The long id of the key that signs, as messages write it. */
  public String signingKeyId() {
    return HexFormat.of()
        .toHexDigits(signingKey().getPGPPublicKey().getKeyID())
        .toUpperCase(Locale.ROOT);
  }

  public byte[] publicKey() {
    try {
      return key.toCertificate().getEncoded(PacketFormat.LEGACY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public Keyring keyring() {
    return Keyring.read("test.gpg", publicKey());
  }

  public byte[] clearsign(String text) {
    return clearsign(text, HashAlgorithmTags.SHA512, Instant.now());
  }

  /** Signs as gpg --clearsign does; the text must end with a line feed. */
  byte[] clearsign(String text, int hash, Instant time) {
    String escaped =
        Arrays.stream(text.split("\n", -1))
            .map(line -> line.startsWith("-") ? "- " + line : line)
            .collect(Collectors.joining("\n"));
    String head = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n";
    return (head + escaped + signature(text, hash, time)).getBytes(StandardCharsets.UTF_8);
  }

  private String signature(String text, int hash, Instant time) {
    try {
      String body = text.substring(0, text.length() - 1).replace("\n", "\r\n");
      PGPSignatureGenerator generator = generator(hash, time);
      generator.update(body.getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(out)) {
        generator.generate().encode(armor);
      }
      return out.toString(StandardCharsets.US_ASCII);
    } catch (PGPException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private PGPSignatureGenerator generator(int hash, Instant time) throws PGPException {
    OpenPGPKey.OpenPGPSecretKey secret = signingKey();
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcOpenPGPImplementation().pgpContentSignerBuilder(secret.getAlgorithm(), hash),
            secret.getPGPPublicKey());
    generator.init(
        PGPSignature.CANONICAL_TEXT_DOCUMENT, secret.unlock().getKeyPair().getPrivateKey());
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, Date.from(time));
    packets.setIssuerFingerprint(false, secret.getPGPPublicKey());
    generator.setHashedSubpackets(packets.generate());
    return generator;
  }

  /** The key that could sign on the day it was made, whatever became of it. */
  private OpenPGPKey.OpenPGPSecretKey signingKey() {
    Date day = Date.from(key.getPrimaryKey().getCreationTime().toInstant().plusSeconds(1));
    return key.getSecretKey(key.getSigningKeys(day).get(0));
  }
}
