package dev.kiln.builder.gomod;

import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a checksum database says of a version of a module
 * (https://go.dev/ref/mod#checksum-database): lines of a {@code go.sum}.
 *
 * @param number its place among all records, from 0
 * @param text the lines, each with its end
 * @param head of a tree that has it, whose signature was verified
 */
record SumRecord(long number, String text, TreeHead head) {
  /**
   * Reads an answer; that the record is in the tree is for {@link InclusionProof} to say.
   *
   * @param from who gave it, for messages
   * @throws KilnException of kind INPUT where it is none, or bears no signature by the key
   */
  static SumRecord parse(String from, String answer, NoteKey key) {
    int first = answer.indexOf('\n');
    int end = answer.indexOf("\n\n", first);
    if (first < 0 || end <= first || !answer.substring(0, first).matches("[0-9]{1,18}")) {
      throw KilnException.input(
          from + " is no record of a checksum database", ChecksumDatabase.MEND_LIE);
    }
    long number = Long.parseLong(answer.substring(0, first));
    TreeHead head = TreeHead.parse(from, key.open(from, answer.substring(end + 2)));
    if (number >= head.size()) {
      throw KilnException.input(
          from + " has the number " + number + " in a tree of " + head.size(),
          ChecksumDatabase.MEND_LIE);
    }
    return new SumRecord(number, answer.substring(first + 1, end + 1), head);
  }

  /** The hash of a file; empty where it has none. */
  Optional<String> of(GoSum.Entry entry) {
    String begin = entry + " ";
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()))
        .findFirst();
  }

  /** The hash of a leaf of the tree (RFC 6962, section 2.1). */
  Digest leaf() {
    MessageDigest digest = Digest.newMessageDigest();
    digest.update((byte) 0);
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Digest.finish(digest);
  }
}
