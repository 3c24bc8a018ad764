package dev.kiln.lab.console;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines after which nothing good can follow, so that nobody waits for the rest of a deadline.
 *
 * @param patterns each is looked for anywhere in a line
 */
public record FatalLines(List<Pattern> patterns) {
  /** Nothing is fatal. */
  public static final FatalLines NONE = new FatalLines(List.of());

  /** What firmware, iPXE, the kernel and Kiln's own initrd print when a machine cannot boot. */
  public static final FatalLines OF_A_MACHINE =
      of(
          "Kernel panic - not syncing",
          "kiln: FAILED",
          "Nothing to boot",
          "No more network devices",
          "No bootable device",
          // OVMF goes on to its shell, which waits for a person.
          "BdsDxe: failed to load Boot0001",
          "EFI Internal Shell");

  public FatalLines {
    patterns = List.copyOf(patterns);
  }

  /** Takes texts as they are printed. */
  public static FatalLines of(String... texts) {
    return new FatalLines(
        List.of(texts).stream().map(text -> Pattern.compile(Pattern.quote(text))).toList());
  }

  boolean has(Line line) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(line.text()).find());
  }
}
