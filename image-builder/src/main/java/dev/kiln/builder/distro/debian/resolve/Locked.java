package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.IndexEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was chosen before for the same request or an earlier one, and is chosen again where nothing
 * forces another choice.
 *
 * @param packages each name once
 * @param recommends whether what they recommend was to be chosen too
 */
public record Locked(List<LockedEntry> packages, boolean recommends) {
  public Locked {
    packages = List.copyOf(packages);
    Set<String> names = new HashSet<>();
    for (LockedEntry each : packages) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException("the package " + each.name() + " is locked twice");
      }
    }
  }

  /**
   * One package that was chosen before.
   *
   * @param entry what its index said of it then; it may be in none any more
   * @param reason why it was chosen, as {@link Resolution.Chosen} said
   * @param released why its version is not preferred any more; empty where it is
   */
  public record LockedEntry(IndexEntry entry, String reason, Optional<String> released) {
    String name() {
      return entry.name();
    }
  }
}
