package dev.kiln.bootserver.admission;

/**
 * So many at once, and then so many a second.
 *
 * @param burst at least 1
 * @param perSecond more than 0, so that whoever waits is admitted again
 */
public record Rate(double burst, double perSecond) {
  public Rate {
    if (!(burst >= 1 && perSecond > 0)) {
      throw new IllegalArgumentException(
          "a rate lets at least 1 through and then more than 0 a second, not "
              + burst
              + " and "
              + perSecond);
    }
  }

  /** Whether one that asks for all of this leaves something of the other's. */
  boolean isBelow(Rate other) {
    return burst < other.burst && perSecond < other.perSecond;
  }
}
