package dev.kiln.builder.distro.debian.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a signed InRelease file. */
class SignatureTest {
  private static final TestSigner SIGNER = TestSigner.create();
  private static final Instant NOW = SIGNER.now();
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final String TEXT = "Codename: bookworm\n-dash: escaped\nLast: line\n";

  @Test
  void takesATextThatAKeyOfTheKeyringSigned() {
    ClearsignedText text = verified(new String(SIGNER.clearsign(TEXT), StandardCharsets.UTF_8));

    assertThat(text.text() + "\n").isEqualTo(TEXT);
  }

  @Test
  void takesATextOfWhichOneSignatureIsGood() throws Exception {
    TestSigner stranger = TestSigner.create();
    String both = withSignaturesOf(stranger, SIGNER);

    assertThatCode(() -> verified(both)).doesNotThrowAnyException();
  }

  @Test
  void readsOnlyWhatIsSignedOfTrailingBlanks() {
    String signed = new String(SIGNER.clearsign(TEXT), StandardCharsets.UTF_8);

    ClearsignedText text = verified(signed.replace("Last: line", "Last: line \t"));

    assertThat(text.text() + "\n").isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"bookworm|trixie", "'Codename: b'|'Evil: yes\nCodename: b'", "'Last: line\n'|''"})
  void refusesATextThatWasChanged(String from, String to) {
    assertRefused(
        signed().replace(from, to),
        "InRelease has no good signature by a key of the keyring test.gpg: the signature of key "
            + keyId(SIGNER)
            + " does not fit the text. Use another mirror; this one sends a damaged or forged file.");
  }

  @Test
  void refusesTextBeforeTheSignedPart() {
    assertForged(
        "Evil: yes\n" + signed(), "does not start with '-----BEGIN PGP SIGNED MESSAGE-----'");
  }

  @Test
  void refusesTextAfterTheSignature() {
    assertForged(signed() + "Evil: yes\n", "has text after its signature");
  }

  @Test
  void refusesTextBetweenTheHashHeaderAndTheSignedPart() {
    assertForged(
        signed().replaceFirst("\n\n", "\nEvil: yes\n\n"),
        "has something other than a Hash header before the signed text");
  }

  @Test
  void refusesTwoSignedParts() {
    assertForged(signed() + signed(), "has text after its signature");
    assertForged(
        signed().replace("Last", "-----BEGIN PGP SIGNED MESSAGE-----\nLast"),
        "has an unescaped dash in its signed text");
  }

  @Test
  void refusesTwoSignatureBlocks() {
    String signature = signed().substring(signed().indexOf("-----BEGIN PGP SIGNATURE"));

    assertForged(signed() + signature, "has text after its signature");
    assertForged(
        signed().replace("-----END", "-----BEGIN PGP SIGNATURE-----\n-----END"),
        "has something other than a signature at its end");
  }

  @Test
  void refusesATextWhoseSignatureWasRemoved() {
    String stripped = signed().substring(0, signed().indexOf("-----BEGIN PGP SIGNATURE"));

    assertForged(stripped, "ends before its signature does");
    assertForged(TEXT, "does not start with '-----BEGIN PGP SIGNED MESSAGE-----'");
    assertForged("", "does not start with '-----BEGIN PGP SIGNED MESSAGE-----'");
  }

  @Test
  void refusesAnEmptySignature() {
    assertThatThrownBy(
            () ->
                verified(
                    signed().substring(0, signed().indexOf("-----BEGIN PGP SIGNATURE"))
                        + "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n"))
        .isInstanceOf(KilnException.class)
        .hasMessageStartingWith("InRelease has ");
  }

  @Test
  void refusesAKeyThatIsNotInTheKeyring() {
    TestSigner stranger = TestSigner.create();

    assertReason(
        stranger.clearsign(TEXT),
        SIGNER,
        "key %1$s is not in it. If the key %1$s is the repository's, add it to the keyring; else use another mirror."
            .formatted(keyId(stranger)));
  }

  @Test
  void refusesAKeyThatWasRevoked() {
    TestSigner signer = TestSigner.create();

    assertReason(
        signer.clearsign(TEXT),
        signer.revoked(),
        "key %s was revoked on %s. Get the keyring that the repository publishes today."
            .formatted(keyId(signer), LocalDate.now(ZoneOffset.UTC)));
  }

  @Test
  void refusesAKeyThatExpired() {
    Instant made = NOW.minus(Duration.ofDays(2));
    TestSigner signer = TestSigner.createdAt(made, Duration.ofDays(1));

    assertReason(
        signer.clearsign(TEXT),
        signer,
        "key %s expired on %s. Get the keyring that the repository publishes today, in which the key may be prolonged."
            .formatted(
                keyId(signer),
                made.plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).toLocalDate()));
  }

  @Test
  void refusesADigestWeakerThanSha256() {
    assertReason(
        SIGNER.clearsign(TEXT, HashAlgorithmTags.SHA1, NOW),
        SIGNER,
        "key %s signed SHA-1, a digest weaker than SHA-256. Ask who makes the repository to sign SHA-256 or better: weaker ones can be forged."
            .formatted(keyId(SIGNER)));
  }

  @Test
  void refusesASignatureOfTheFuture() {
    Instant tomorrow = NOW.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

    assertReason(
        SIGNER.clearsign(TEXT, HashAlgorithmTags.SHA512, tomorrow),
        SIGNER,
        "key %s signed at %s, in the future. Set this machine's clock, which says %s."
            .formatted(keyId(SIGNER), tomorrow, LATER.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** An archive signs with more keys than a keyring need have: the one it has tells the cause. */
  @Test
  void advisesByTheSignatureWhoseKeyIsInTheKeyring() throws Exception {
    TestSigner stranger = TestSigner.create();
    TestSigner signer = TestSigner.create();
    String both = ConcatenatedSignatures.of(stranger.clearsign(TEXT), signer.clearsign(TEXT));

    assertReason(
        both.getBytes(StandardCharsets.ISO_8859_1),
        signer.revoked(),
        "key %s is not in it; key %s was revoked on %s. Get the keyring that the repository publishes today."
            .formatted(keyId(stranger), keyId(signer), LocalDate.now(ZoneOffset.UTC)));
  }

  @Test
  void refusesAKeyringThatIsNone() throws Exception {
    byte[] secret = SIGNER.key().getEncoded();
    assertThatThrownBy(() -> Keyring.read("secret.gpg", secret))
        .isInstanceOf(KilnException.class)
        .hasMessage(
            "the keyring secret.gpg holds what is no public key of OpenPGP, or is damaged. Use a file"
                + " of OpenPGP public keys, such as those of debian-archive-keyring.");
    assertThatThrownBy(() -> Keyring.read("bad.gpg", "no keys".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("bad.gpg");
  }

  @Test
  void acceptsNoFileThatDiffersInASingleByteOfItsText() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String good = signed();
    int end = good.indexOf("-----BEGIN PGP SIGNATURE");
    for (int round = 0; round < 300; round++) {
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      int at = random.nextInt(end);
      bytes[at] ^= (byte) (1 << random.nextInt(7));
      String changed = new String(bytes, StandardCharsets.ISO_8859_1);
      try {
        // What may differ and pass is what is not signed: blanks at an end of line, the Hash
        // header.
        assertThat(verified(changed).text() + "\n").as("seed %s", seed).isEqualTo(TEXT);
      } catch (KilnException refused) {
        assertThat(refused.kind()).as("seed %s", seed).isEqualTo(KilnException.Kind.INPUT);
      }
    }
  }

  @Test
  void answersAnySignatureBlockWithARefusal() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String good = signed();
    int start = good.indexOf("-----BEGIN PGP SIGNATURE");
    for (int round = 0; round < 300; round++) {
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bytes[start + random.nextInt(bytes.length - start)] = (byte) (32 + random.nextInt(95));
      }
      try {
        verified(new String(bytes, StandardCharsets.ISO_8859_1));
      } catch (KilnException refused) {
        assertThat(refused.kind()).as("seed %s", seed).isEqualTo(KilnException.Kind.INPUT);
      }
    }
  }

  private static String signed() {
    return new String(SIGNER.clearsign(TEXT), StandardCharsets.UTF_8);
  }

  private static String withSignaturesOf(TestSigner first, TestSigner second) throws Exception {
    return ConcatenatedSignatures.of(first.clearsign(TEXT), second.clearsign(TEXT));
  }

  private static ClearsignedText verified(String file) {
    ClearsignedText text =
        ClearsignedText.parse("InRelease", file.getBytes(StandardCharsets.ISO_8859_1));
    SIGNER.keyring().verify("InRelease", text, NOW);
    return text;
  }

  private static void assertForged(String file, String what) {
    assertRefused(
        file,
        "InRelease " + what + ". Use another mirror; this one sends a damaged or forged file.");
  }

  /** The reasons, and what helps. */
  private static void assertReason(byte[] file, TestSigner trusted, String words) {
    ClearsignedText text = ClearsignedText.parse("InRelease", file);

    assertThatThrownBy(() -> trusted.keyring().verify("InRelease", text, LATER))
        .isInstanceOf(KilnException.class)
        .hasMessage("InRelease has no good signature by a key of the keyring test.gpg: " + words);
  }

  private static void assertRefused(String file, String message) {
    assertThatThrownBy(() -> verified(file)).isInstanceOf(KilnException.class).hasMessage(message);
  }

  private static String keyId(TestSigner signer) {
    return signer.signingKeyId();
  }
}
