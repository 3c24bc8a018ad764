package dev.kiln.builder.sign;

import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One PEM block (RFC 7468): a label, such as {@code PUBLIC KEY}, and its content. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*-----BEGIN ([A-Z ]{1,40})-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----\\s*");

  private static final int LINE = 64;

  private final String label;
  private final byte[] der;

  Pem(String label, byte[] der) {
    this.label = label;
    this.der = der.clone();
  }

  /**
   * Reads a file that holds one block and nothing else.
   *
   * @param name what errors call the file
   */
  static Pem read(String name, byte[] content) {
    Matcher block = BLOCK.matcher(new String(content, StandardCharsets.US_ASCII));
    if (!block.matches()) {
      throw notAKey(name);
    }
    try {
      String base64 = block.group(2).replaceAll("\\s", "");
      return new Pem(block.group(1), Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw notAKey(name);
    }
  }

  String label() {
    return label;
  }

  byte[] der() {
    return der.clone();
  }

  byte[] write() {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    String body = lines.encodeToString(der);
    return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static KilnException notAKey(String name) {
    return KilnException.input(
        name + " is not a PEM file with one key", "Make a key with 'builder keygen --output FILE'");
  }
}
