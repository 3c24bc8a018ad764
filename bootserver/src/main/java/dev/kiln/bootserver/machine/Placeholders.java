package dev.kiln.bootserver.machine;

import dev.kiln.file.Resource;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Identities that makers leave in the firmware of many machines, so that they are nobody's: those
 * of {@code placeholders.tsv}, which says where each was seen, and all of one repeated character.
 */
final class Placeholders {
  private static final Pattern ONE_CHARACTER = Pattern.compile("(.)\\1{3,}");
  private static final Set<String> UUIDS = listed("uuid");
  private static final Set<String> SERIALS = listed("serial");

  private Placeholders() {}

  /** Whether this UUID is nobody's, in either byte order. */
  static boolean isUuid(String uuid, String swapped) {
    return UUIDS.contains(uuid) || UUIDS.contains(swapped) || isOneOctet(uuid);
  }

  static boolean isSerial(String serial) {
    String lower = serial.strip().toLowerCase(Locale.ROOT);
    return SERIALS.contains(lower) || ONE_CHARACTER.matcher(lower).matches();
  }

  private static boolean isOneOctet(String uuid) {
    String digits = uuid.replace("-", "");
    return digits.equals(digits.substring(0, 2).repeat(16));
  }

  private static Set<String> listed(String what) {
    return Resource.text(Placeholders.class, "placeholders.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", 3))
        .filter(fields -> fields[0].equals(what))
        .map(fields -> fields[1])
        .collect(Collectors.toUnmodifiableSet());
  }
}
