package dev.kiln.failure;

/**
 * A place in a file that a person wrote.
 *
 * @param file the file as the user named it
 * @param line the line, from 1
 */
public record Position(String file, int line) {
  public Position {
    if (line < 1) {
      throw new IllegalArgumentException("a line number starts at 1, not " + line);
    }
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
