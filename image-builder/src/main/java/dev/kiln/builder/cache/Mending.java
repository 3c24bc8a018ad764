package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import dev.kiln.failure.KilnException.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs work on a cache. Where the work meets something broken, that is dropped, and the work is run
 * again: what it misses then, it makes again.
 */
final class Mending {
  /** More than that is no accident of one file. */
  private static final int MOST = 8;

  private final Removal removal;
  private final Consumer<String> say;
  private final Set<Item> mended = new HashSet<>();

  Mending(Cache cache, Consumer<String> say) {
    this.removal = new Removal(cache);
    this.say = say;
  }

  <T> T run(Supplier<T> work) {
    while (true) {
      try {
        return work.get();
      } catch (BrokenEntry broken) {
        mend(broken);
      }
    }
  }

  private void mend(BrokenEntry broken) {
    if (!mended.add(broken.item())) {
      throw failing(broken.getMessage() + ", and was just made again", broken);
    }
    if (mended.size() > MOST) {
      throw failing(
          broken.getMessage() + ", as " + MOST + " other things of it were a moment ago", broken);
    }
    removal.dropBroken(broken.item());
    say.accept(broken.getMessage() + ": made again");
  }

  private static KilnException failing(String what, BrokenEntry broken) {
    return new KilnException(
        Kind.IO,
        what,
        "The disk or the memory of this machine loses data: check them, or name a cache on another"
            + " disk. 'builder cache verify' finds and drops all that is broken",
        broken);
  }
}
