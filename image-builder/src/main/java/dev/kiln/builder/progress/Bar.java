package dev.kiln.builder.progress;

/** How far one long piece of work has come. Any thread may advance it. */
public interface Bar extends AutoCloseable {
  /**
   * Adds to what is done.
   *
   * @param amount in the bar's unit; negative where work has to be done again
   */
  void advance(long amount);

  /** Ends the bar, whether its work is complete or was given up. */
  @Override
  void close();
}
