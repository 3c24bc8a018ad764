package dev.kiln.bootserver.event;

/**
 * What stands behind the address of a card, and how much is kept of it. Cards of one sort push out
 * each other's oldest boots at most, never those of another sort.
 *
 * <p>A boot has some 250 events, 150 of them reports of cloud-init, and at most {@link #lines} of
 * each step. So a card that a file names keeps 8,000 events usually, at most 40,000, which is 1 MB
 * and 5 MB. To push out what was there, somebody who speaks in its name begins {@value
 * BootOrder#MOST_BEGUN} boots at once, and then none for four hours: the last twelve before stay
 * for so long.
 */
public enum Standing {
  /** A machine's file names it. There are as many as there are files, and each has its own. */
  NAMED(32, Integer.MAX_VALUE, Integer.MAX_VALUE),
  /**
   * It said a UUID or serial number that leads to a machine's file. Who knows one can say so of any
   * card: they share the place of two boots each of 10,000 machines.
   */
  CLAIMED(32, 20_000, Integer.MAX_VALUE),
  /** Nobody knows it; so it is with what no card can be named for. */
  STRANGER(4, 2_000, 8);

  private final int boots;
  private final int bootsOfAll;
  private final int lines;

  Standing(int boots, int bootsOfAll, int lines) {
    this.boots = boots;
    this.bootsOfAll = bootsOfAll;
    this.lines = lines;
  }

  /** The latest boots that are kept of each card. */
  public int boots() {
    return boots;
  }

  /** The latest boots that are kept of all cards of this sort. */
  public int bootsOfAll() {
    return bootsOfAll;
  }

  /** Different events of one step that are kept of a boot; those beyond are counted. */
  public int lines(Step step) {
    return Math.min(lines, step.lines());
  }
}
