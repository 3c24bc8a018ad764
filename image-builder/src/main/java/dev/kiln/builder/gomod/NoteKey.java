package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key of whoever signs notes (https://pkg.go.dev/golang.org/x/mod/sumdb/note), written
 * {@code NAME+ID+KEY}.
 *
 * @param name a host, whose notes they are
 * @param id 8 hexadecimal digits, which stand before each signature
 * @param key Ed25519 (RFC 8032)
 */
record NoteKey(String name, String id, PublicKey key) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?)\\+([0-9a-f]{8})\\+(\\S{44})");

  private static final byte ED25519 = 1;

  /** RFC 8410, section 4: what stands before the key in DER. */
  private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final String BEGIN_OF_SIGNATURE = "\u2014 ";
  private static final int ID_BYTES = 4;

  /**
   * Reads one.
   *
   * @throws KilnException of kind INPUT where it is none
   */
  static NoteKey parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw refusal(text);
    }
    String name = matcher.group(1);
    try {
      byte[] key = Base64.getDecoder().decode(matcher.group(3));
      if (key[0] != ED25519 || !id(name, key).equals(matcher.group(2))) {
        throw refusal(text);
      }
      ByteBuffer der = ByteBuffer.allocate(DER.length + key.length - 1);
      der.put(DER).put(key, 1, key.length - 1);
      return new NoteKey(
          name,
          matcher.group(2),
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der.array())));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw refusal(text);
    }
  }

  private static String id(String name, byte[] key) {
    byte[] begin = (name + "\n").getBytes(UTF_8);
    ByteBuffer both = ByteBuffer.allocate(begin.length + key.length).put(begin).put(key);
    return Digest.of(both.array()).hex().substring(0, 2 * ID_BYTES);
  }

  private static KilnException refusal(String text) {
    return KilnException.input(
        "GOSUMDB: '" + Shown.of(text) + "' is no key of a checksum database",
        "Write sum.golang.org, NAME+ID+KEY as the database gives it out, or off");
  }

  /**
   * The text of a note, without its signatures.
   *
   * @param from who gave it, for messages
   * @throws KilnException of kind INPUT where it has no signature by this key
   */
  String open(String from, String note) {
    int end = note.lastIndexOf("\n\n") + 1;
    String text = note.substring(0, end);
    if (note.substring(end).lines().noneMatch(line -> isSignature(line, text))) {
      throw KilnException.input(
          from + " has no good signature of " + name, ChecksumDatabase.MEND_LIE);
    }
    return text;
  }

  private boolean isSignature(String line, String text) {
    String begin = BEGIN_OF_SIGNATURE + name + " ";
    if (!line.startsWith(begin)) {
      return false;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(line.substring(begin.length()));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text.getBytes(UTF_8));
      return bytes.length > ID_BYTES
          && HexFormat.of().formatHex(bytes, 0, ID_BYTES).equals(id)
          && verifier.verify(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
    } catch (IllegalArgumentException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }
}
