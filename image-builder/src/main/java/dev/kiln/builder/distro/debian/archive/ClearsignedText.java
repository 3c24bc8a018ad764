package dev.kiln.builder.distro.debian.archive;

import dev.kiln.failure.KilnException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * A text with a signature below it (RFC 9580 §7). Only what the signature covers is kept; a file
 * with anything else in it is refused.
 *
 * @param lines the signed lines, dash escapes and trailing blanks removed; a character is a byte
 * @param armor the armored signature
 */
public record ClearsignedText(List<String> lines, String armor) implements SignedText {
  /** The line that it begins with. */
  public static final String MESSAGE = "-----BEGIN PGP SIGNED MESSAGE-----";

  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
  private static final String END = "-----END PGP SIGNATURE-----";

  /**
   * Takes a file apart.
   *
   * @param name what errors call it
   */
  public static ClearsignedText parse(String name, byte[] content) {
    return new Parser(name, new String(content, StandardCharsets.ISO_8859_1)).parse();
  }

  @Override
  public String text() {
    return new String(bytes(String.join("\n", lines)), StandardCharsets.UTF_8);
  }

  /** RFC 9580 §7.2: a signature of text, over lines of which the last does not end. */
  @Override
  public Optional<byte[]> covered(int type) {
    return type == PGPSignature.CANONICAL_TEXT_DOCUMENT
        ? Optional.of(bytes(String.join("\r\n", lines)))
        : Optional.empty();
  }

  @Override
  public byte[] signature() {
    return bytes(armor);
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Parser {
    private final String name;
    private final String[] lines;
    private int at;

    Parser(String name, String content) {
      this.name = name;
      this.lines = content.split("\n", -1);
    }

    ClearsignedText parse() {
      if (!next().equals(MESSAGE)) {
        throw refusal("does not start with '" + MESSAGE + "'");
      }
      skipHeaders();
      List<String> body = body();
      String signature = signature();
      refuseTrailingText();
      return new ClearsignedText(List.copyOf(body), signature);
    }

    /** RFC 9580 §7.1: one or more Hash headers, then an empty line. */
    private void skipHeaders() {
      for (String line = next(); !line.isEmpty(); line = next()) {
        if (!line.startsWith("Hash: ")) {
          throw refusal("has something other than a Hash header before the signed text");
        }
      }
    }

    /** RFC 9580 §7.2: a line that starts with a dash has "- " before it. */
    private List<String> body() {
      List<String> body = new ArrayList<>();
      for (String line = next(); !line.equals(SIGNATURE); line = next()) {
        if (line.startsWith("- ")) {
          body.add(line.substring(2));
        } else if (line.startsWith("-")) {
          throw refusal("has an unescaped dash in its signed text");
        } else {
          body.add(line);
        }
      }
      return body;
    }

    private String signature() {
      StringBuilder armor = new StringBuilder(SIGNATURE).append('\n');
      String line;
      do {
        line = next();
        if (line.startsWith("-") && !line.equals(END)) {
          throw refusal("has something other than a signature at its end");
        }
        armor.append(line).append('\n');
      } while (!line.equals(END));
      return armor.toString();
    }

    private void refuseTrailingText() {
      while (at < lines.length) {
        if (!next().isEmpty()) {
          throw refusal("has text after its signature");
        }
      }
    }

    /** Trailing blanks are not signed (RFC 9580 §7.2), so they are not read either. */
    private String next() {
      if (at == lines.length) {
        throw refusal("ends before its signature does");
      }
      String line = lines[at++];
      int end = line.length();
      while (end > 0 && " \t\r".indexOf(line.charAt(end - 1)) >= 0) {
        end--;
      }
      return line.substring(0, end);
    }

    private KilnException refusal(String what) {
      return KilnException.input(
          name + " " + what, "Use another mirror; this one sends a damaged or forged file");
    }
  }
}
