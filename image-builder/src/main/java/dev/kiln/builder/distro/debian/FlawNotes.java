package dev.kiln.builder.distro.debian;

import dev.kiln.builder.progress.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells once of each flawed entry of an index that it was passed over, but of few of them. */
final class FlawNotes {
  /** An index may be wrong from its first entry to its last. */
  private static final int MOST = 5;

  private final Progress progress;
  private final Set<String> told = new HashSet<>();

  FlawNotes(Progress progress) {
    this.progress = progress;
  }

  void tell(List<String> flaws) {
    List<String> fresh = flaws.stream().filter(told::add).toList();
    fresh.stream().limit(MOST).forEach(flaw -> progress.note(flaw + "; it is passed over"));
    if (fresh.size() > MOST) {
      progress.note("so are " + (fresh.size() - MOST) + " other entries of the indexes");
    }
  }
}
