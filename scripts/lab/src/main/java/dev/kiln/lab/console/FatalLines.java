package dev.kiln.lab.console;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
      new FatalLines(
          Stream.of(
                  "Kernel panic - not syncing",
                  "kiln: \\[ *[0-9.]+] FAILED",
                  "Nothing to boot",
                  "No more network devices",
                  "No bootable device",
                  // OVMF goes on to its shell, which waits for a person.
                  "BdsDxe: failed to load Boot0001",
                  "EFI Internal Shell")
              .map(Pattern::compile)
              .toList());

  public FatalLines {
    patterns = List.copyOf(patterns);
  }

  boolean has(Line line) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(line.text()).find());
  }
}
