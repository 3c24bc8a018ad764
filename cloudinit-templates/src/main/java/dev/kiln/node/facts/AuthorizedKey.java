package dev.kiln.node.facts;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * One public key in the form of a line of {@code authorized_keys} (sshd(8)), without options: type,
 * base64, and an optional comment.
 */
public record AuthorizedKey(String line) {
  private static final Pattern LINE =
      Pattern.compile(
          "(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com"
              + "|sk-ecdsa-sha2-nistp256@openssh\\.com) ([A-Za-z0-9+/]{40,4000}={0,2})( [\\x20-\\x7e]{1,200})?");

  public AuthorizedKey {
    java.util.regex.Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !names(matcher.group(3), matcher.group(1))) {
      throw new IllegalArgumentException(
          "this is not a public SSH key; write the line of the .pub file, such as"
              + " 'ssh-ed25519 AAAAC3… name'");
    }
  }

  /** A key's blob starts with its type, as a string of RFC 4251 section 5. */
  private static boolean names(String base64, String type) {
    try {
      byte[] blob = Base64.getDecoder().decode(base64);
      byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      return blob.length > 4 + name.length
          && java.nio.ByteBuffer.wrap(blob).getInt() == name.length
          && java.util.Arrays.equals(blob, 4, 4 + name.length, name, 0, name.length);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return line;
  }
}
