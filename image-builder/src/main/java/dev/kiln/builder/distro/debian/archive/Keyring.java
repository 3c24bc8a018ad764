package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.KilnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** The public keys that a profile trusts to sign a repository (RFC 9580). */
public final class Keyring {
  /** For clocks that differ a little. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final Set<Integer> STRONG_HASHES =
      Set.of(
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA3_256,
          HashAlgorithmTags.SHA3_512);

  private static final OpenPGPImplementation OPENPGP = new BcOpenPGPImplementation();

  private final String name;
  private final List<OpenPGPCertificate> certificates;

  private Keyring(String name, List<OpenPGPCertificate> certificates) {
    this.name = name;
    this.certificates = certificates;
  }

  /**
   * Reads a keyring: binary ({@code .gpg}) or armored ({@code .asc}).
   *
   * @param name what errors call it
   */
  public static Keyring read(String name, byte[] content) {
    List<OpenPGPCertificate> certificates;
    try {
      certificates = new OpenPGPKeyReader(OPENPGP).parseCertificates(content);
    } catch (IOException | RuntimeException e) {
      // BouncyCastle answers damaged packets with unchecked exceptions of many kinds.
      throw new KilnException(
          KilnException.Kind.INPUT,
          "the keyring " + name + " holds what is no public key of OpenPGP, or is damaged",
          "Use a file of OpenPGP public keys, such as those of debian-archive-keyring",
          e);
    }
    if (certificates.isEmpty()) {
      throw KilnException.input(
          "the keyring " + name + " holds no key", "Use a file of OpenPGP public keys");
    }
    return new Keyring(name, certificates);
  }

  /**
   * Returns where at least one signature is good: made by a key of this keyring that is neither
   * expired nor revoked, over SHA-256 or better.
   *
   * @param file what errors call the signed file
   */
  void verify(String file, SignedText text, Instant now) {
    List<BadSignature> bad = new ArrayList<>();
    for (PGPSignature signature : signatures(file, text)) {
      Optional<BadSignature> reason = whyNotGood(signature, text, now);
      if (reason.isEmpty()) {
        return;
      }
      bad.add(reason.get());
    }
    throw BadSignature.failure(file, name, bad);
  }

  private static List<PGPSignature> signatures(String file, SignedText text) {
    try (ArmoredInputStream armor =
        new ArmoredInputStream(new ByteArrayInputStream(text.signature()))) {
      BcPGPObjectFactory packets = new BcPGPObjectFactory(armor);
      List<PGPSignature> signatures = new ArrayList<>();
      if (packets.nextObject() instanceof PGPSignatureList list) {
        list.forEach(signatures::add);
      }
      if (!signatures.isEmpty() && packets.nextObject() == null) {
        return signatures;
      }
    } catch (IOException | RuntimeException e) {
      throw new KilnException(
          KilnException.Kind.INPUT,
          file + " has a signature that is damaged",
          "Use another mirror; this one sends a damaged or forged file",
          e);
    }
    throw KilnException.input(
        file + " has no signature where one must be",
        "Use another mirror; this one sends a damaged or forged file");
  }

  private Optional<BadSignature> whyNotGood(PGPSignature signature, SignedText text, Instant now) {
    String key = BadSignature.shown(signature.getKeyID());
    Optional<OpenPGPComponentKey> known = find(signature);
    if (known.isEmpty()) {
      return Optional.of(BadSignature.byStranger(key));
    }
    Optional<byte[]> covered = text.covered(signature.getSignatureType());
    if (covered.isEmpty()) {
      return Optional.of(BadSignature.ofNoText(key));
    }
    if (!STRONG_HASHES.contains(signature.getHashAlgorithm())) {
      return Optional.of(BadSignature.ofWeakDigest(key, signature.getHashAlgorithm()));
    }
    if (signature.getCreationTime().toInstant().isAfter(now.plus(CLOCK_SKEW))) {
      return Optional.of(BadSignature.ofTheFuture(key, signature.getCreationTime(), now));
    }
    Optional<Instant> end = end(signature);
    if (end.filter(now::isAfter).isPresent()) {
      return Optional.of(BadSignature.ended(key, end.get()));
    }
    if (!isGood(known.get(), now)) {
      return Optional.of(BadSignature.byBadKey(key, known.get(), now));
    }
    return isMadeBy(known.get(), signature, covered.get())
        ? Optional.empty()
        : Optional.of(BadSignature.ofAnotherText(key));
  }

  /** RFC 9580 §5.2.3.18: a signature may say how long it is good; gpgv keeps to it as well. */
  private static Optional<Instant> end(PGPSignature signature) {
    return Optional.ofNullable(signature.getHashedSubPackets())
        .map(PGPSignatureSubpacketVector::getSignatureExpirationTime)
        .filter(seconds -> seconds > 0)
        .map(seconds -> signature.getCreationTime().toInstant().plusSeconds(seconds));
  }

  private Optional<OpenPGPComponentKey> find(PGPSignature signature) {
    return certificates.stream()
        .map(certificate -> certificate.getSigningKeyFor(signature))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Only the certificate knows of revocations and ends: the key's own answer leaves them out. */
  private static boolean isGood(OpenPGPComponentKey key, Instant now) {
    return key.getCertificate().getSigningKeys(Date.from(now)).stream()
        .anyMatch(good -> good.getKeyIdentifier().equals(key.getKeyIdentifier()));
  }

  private static boolean isMadeBy(OpenPGPComponentKey key, PGPSignature signature, byte[] covered) {
    try {
      signature.init(OPENPGP.pgpContentVerifierBuilderProvider(), key.getPGPPublicKey());
      signature.update(covered);
      return signature.verify();
    } catch (PGPException | RuntimeException e) {
      // A signature whose numbers make no sense is a bad signature.
      return false;
    }
  }
}
