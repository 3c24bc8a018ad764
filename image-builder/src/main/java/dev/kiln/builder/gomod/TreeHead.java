package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a checksum database signs: all that it has told so far
 * (https://go.dev/design/25530-sumdb#checksum-database).
 *
 * @param size records
 * @param root the hash of the tree of them (RFC 6962, section 2.1)
 */
record TreeHead(long size, Digest root) {
  private static final String TITLE = "go.sum database tree";

  /**
   * Reads the text of a note.
   *
   * @param from who gave it, for messages
   * @throws KilnException of kind INPUT where it is none
   */
  static TreeHead parse(String from, String text) {
    List<String> lines = text.lines().limit(3).toList();
    if (lines.size() == 3 && lines.get(0).equals(TITLE) && lines.get(1).matches("[0-9]{1,18}")) {
      try {
        String root = HexFormat.of().formatHex(Base64.getDecoder().decode(lines.get(2)));
        return new TreeHead(Long.parseLong(lines.get(1)), new Digest(root));
      } catch (IllegalArgumentException e) {
        // Told below.
      }
    }
    throw KilnException.input(from + " has no '" + TITLE + "'", ChecksumDatabase.MEND_LIE);
  }
}
