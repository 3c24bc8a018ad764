package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.KilnException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;

/**
 * Why a signature does not count, and what helps: each cause has its own mend.
 *
 * @param known whether its key is in the keyring
 */
record BadSignature(boolean known, String why, String mend) {
  private static final String FRESH_KEYS = "Get the keyring that the repository publishes today";
  private static final String FORGED =
      "Use another mirror; this one sends a damaged or forged file";

  /** The failure of a file that has only such signatures. */
  static KilnException failure(String file, String keyring, List<BadSignature> all) {
    String reasons = all.stream().map(BadSignature::why).collect(Collectors.joining("; "));
    // Archives sign with more keys than one; what is wrong with a trusted one is nearer the cause.
    String mend =
        all.stream()
            .min(Comparator.comparing(each -> !each.known()))
            .map(BadSignature::mend)
            .orElse(FORGED);
    return KilnException.input(
        file + " has no good signature by a key of the keyring " + keyring + ": " + reasons, mend);
  }

  /** A key's long id, as errors write it. */
  static String shown(long keyId) {
    return "key " + HexFormat.of().toHexDigits(keyId).toUpperCase(Locale.ROOT);
  }

  static BadSignature byStranger(String key) {
    return new BadSignature(
        false,
        key + " is not in it",
        "If the " + key + " is the repository's, add it to the keyring; else use another mirror");
  }

  static BadSignature ofNoText(String key) {
    return new BadSignature(true, key + " signed something that is no text", FORGED);
  }

  static BadSignature ofWeakDigest(String key, int algorithm) {
    return new BadSignature(
        true,
        key + " signed " + name(algorithm) + ", a digest weaker than SHA-256",
        "Ask who makes the repository to sign SHA-256 or better: weaker ones can be forged");
  }

  static BadSignature ofTheFuture(String key, Date made, Instant now) {
    return new BadSignature(
        true,
        key + " signed at " + made.toInstant() + ", in the future",
        "Set this machine's clock, which says " + now.truncatedTo(ChronoUnit.SECONDS));
  }

  static BadSignature ended(String key, Instant end) {
    return new BadSignature(
        true,
        "the signature of " + key + " ended on " + day(end),
        "Use a mirror that is up to date");
  }

  static BadSignature ofAnotherText(String key) {
    return new BadSignature(true, "the signature of " + key + " does not fit the text", FORGED);
  }

  /** A key of the keyring that is not good now; a part of it may be bad because the whole is. */
  static BadSignature byBadKey(String key, OpenPGPComponentKey part, Instant now) {
    List<OpenPGPComponentKey> keys = List.of(part, part.getCertificate().getPrimaryKey());
    Optional<Date> revoked =
        keys.stream()
            .map(OpenPGPComponentKey::getPGPPublicKey)
            .flatMap(BadSignature::revocations)
            .findFirst();
    if (revoked.isPresent()) {
      return new BadSignature(
          true, key + " was revoked on " + day(revoked.get().toInstant()), FRESH_KEYS);
    }
    Optional<Instant> expired =
        keys.stream().flatMap(each -> end(each).stream()).filter(now::isAfter).findFirst();
    return expired
        .map(
            end ->
                new BadSignature(
                    true,
                    key + " expired on " + day(end),
                    FRESH_KEYS + ", in which the key may be prolonged"))
        .orElseGet(
            () ->
                new BadSignature(
                    true,
                    key + " is too weak, or not meant for signing",
                    "Ask who makes the repository to sign with a stronger key"));
  }

  private static Stream<Date> revocations(PGPPublicKey key) {
    Stream.Builder<Date> dates = Stream.builder();
    for (int type : List.of(PGPSignature.KEY_REVOCATION, PGPSignature.SUBKEY_REVOCATION)) {
      for (Iterator<PGPSignature> all = key.getSignaturesOfType(type); all.hasNext(); ) {
        dates.add(all.next().getCreationTime());
      }
    }
    return dates.build();
  }

  /** As the last of the key's own signatures says that says it: it may have been prolonged. */
  private static Optional<Instant> end(OpenPGPComponentKey key) {
    Iterable<PGPSignature> signatures = key.getPGPPublicKey()::getSignatures;
    return StreamSupport.stream(signatures.spliterator(), false)
        .filter(signature -> lifetime(signature) > 0)
        .max(Comparator.comparing(PGPSignature::getCreationTime))
        .map(last -> key.getCreationTime().toInstant().plusSeconds(lifetime(last)));
  }

  private static long lifetime(PGPSignature signature) {
    return Optional.ofNullable(signature.getHashedSubPackets())
        .map(PGPSignatureSubpacketVector::getKeyExpirationTime)
        .orElse(0L);
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String name(int algorithm) {
    return switch (algorithm) {
      case HashAlgorithmTags.MD5 -> "MD5";
      case HashAlgorithmTags.SHA1 -> "SHA-1";
      case HashAlgorithmTags.RIPEMD160 -> "RIPEMD-160";
      case HashAlgorithmTags.SHA224 -> "SHA-224";
      default -> "digest " + algorithm;
    };
  }
}
