package dev.kiln.bootserver.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What part of a file a request wants (RFC 9110 section 14). Several ranges at once, and whatever
 * is no byte range, are answered with the whole file, as the RFC allows.
 */
sealed interface ByteRange {
  /** All of it. */
  record Whole() implements ByteRange {}

  /**
   * One part.
   *
   * @param last the last byte, included
   */
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /** A part that the file does not have: status 416. */
  record Unsatisfiable() implements ByteRange {}

  /** One range; the unit's name does not depend on case. */
  Pattern SINGLE = Pattern.compile("(?i:bytes)=[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");

  /**
   * Reads the header.
   *
   * @param header the value of Range, where there is one
   * @param size of the file in bytes
   */
  static ByteRange of(@Nullable String header, long size) {
    Matcher range = SINGLE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      return new Whole();
    }
    Optional<Long> first = number(range.group(1));
    Optional<Long> last = number(range.group(2));
    if (first.isEmpty()) {
      return last.map(length -> suffix(length, size)).orElse(new Whole());
    }
    if (last.isPresent() && last.get() < first.get()) {
      return new Whole();
    }
    return first.get() >= size
        ? new Unsatisfiable()
        : new Part(first.get(), Math.min(last.orElse(size - 1), size - 1));
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  private static Optional<Long> number(String digits) {
    return digits.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(digits));
  }
}
