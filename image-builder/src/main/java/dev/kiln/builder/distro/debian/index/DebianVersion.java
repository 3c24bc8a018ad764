package dev.kiln.builder.distro.debian.index;

import dev.kiln.failure.Shown;

/**
 * A version of a Debian package, in the order of Debian Policy 5.6.12: epoch, upstream version,
 * revision.
 *
 * <p>Different texts may stand at the same place of the order ({@code 1.0} and {@code 1.0-0}); they
 * compare as 0 and are not equal.
 *
 * @param text as it was written
 */
public record DebianVersion(String text) implements Comparable<DebianVersion> {
  private static final int MOST_EPOCH_DIGITS = 9;

  public DebianVersion {
    if (!isOne(text)) {
      throw new IllegalArgumentException("'" + Shown.of(text) + "' is no version");
    }
  }

  /**
   * Whether a text is a version. Policy 5.6.12: the upstream version may hold a colon only after an
   * epoch, a hyphen only before a revision.
   */
  public static boolean isOne(String text) {
    int colon = text.indexOf(':');
    int last = text.length() - 1;
    return (colon < 0 || isEpoch(text, colon))
        && last > colon
        && text.charAt(colon + 1) != '-'
        && text.charAt(last) != '-'
        && !text.contains(":-")
        && hasOnlyKnownCharacters(text);
  }

  private static boolean isEpoch(String text, int end) {
    return end > 0 && end <= MOST_EPOCH_DIGITS && endOfRun(text, 0, true) == end;
  }

  private static boolean hasOnlyKnownCharacters(String text) {
    // Every version of an index is looked at, where a pattern takes several times as long.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !isLetter(c) && ".+~-:".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(DebianVersion other) {
    return compareTexts(text, other.text);
  }

  /**
   * The same order, for texts that need not be versions: apt finds a place for any text, and takes
   * the greatest.
   */
  public static int compareTexts(String one, String other) {
    int byEpoch = compareParts(epoch(one), epoch(other));
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byUpstream = compareParts(upstream(one), upstream(other));
    return byUpstream != 0 ? byUpstream : compareParts(revision(one), revision(other));
  }

  private static String epoch(String text) {
    return text.substring(0, Math.max(0, text.indexOf(':')));
  }

  private static String upstream(String text) {
    String whole = text.substring(text.indexOf(':') + 1);
    int hyphen = whole.lastIndexOf('-');
    return hyphen < 0 ? whole : whole.substring(0, hyphen);
  }

  /** A missing revision is the same as revision 0, which the empty text is in this order. */
  private static String revision(String text) {
    int hyphen = text.lastIndexOf('-');
    return hyphen < text.indexOf(':') || hyphen < 0 ? "" : text.substring(hyphen + 1);
  }

  /** Compares runs of other characters and runs of digits in turn, until one pair differs. */
  private static int compareParts(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      int aDigits = endOfRun(a, i, false);
      int bDigits = endOfRun(b, j, false);
      int byText = compareText(a.substring(i, aDigits), b.substring(j, bDigits));
      if (byText != 0) {
        return byText;
      }
      i = endOfRun(a, aDigits, true);
      j = endOfRun(b, bDigits, true);
      int byNumber = compareNumbers(a.substring(aDigits, i), b.substring(bDigits, j));
      if (byNumber != 0) {
        return byNumber;
      }
    }
    return 0;
  }

  private static int endOfRun(String text, int from, boolean digits) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static int compareText(String a, String b) {
    for (int i = 0; i < Math.max(a.length(), b.length()); i++) {
      int byRank = Integer.compare(rank(a, i), rank(b, i));
      if (byRank != 0) {
        return byRank;
      }
    }
    return 0;
  }

  /** A tilde sorts before the end, the end before letters, letters before everything else. */
  private static int rank(String text, int at) {
    if (at >= text.length()) {
      return 0;
    }
    char c = text.charAt(at);
    if (c == '~') {
      return -1;
    }
    return isLetter(c) ? c : c + 256;
  }

  /** Numbers of any length; no digits at all count as zero. */
  private static int compareNumbers(String a, String b) {
    String x = withoutLeadingZeros(a);
    String y = withoutLeadingZeros(b);
    int byLength = Integer.compare(x.length(), y.length());
    return byLength != 0 ? byLength : x.compareTo(y);
  }

  private static String withoutLeadingZeros(String digits) {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.substring(zeros);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return text;
  }
}
