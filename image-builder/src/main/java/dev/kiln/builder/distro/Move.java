package dev.kiln.builder.distro;

/**
 * One thing that a lock chooses otherwise than the lock before it.
 *
 * @param name of a package, pin or build
 * @param from the version before; empty where it was not there
 * @param to the version now; empty where it is not there any more
 * @param because why, in words
 */
public record Move(String name, String from, String to, String because) {
  @Override
  public String toString() {
    String versions =
        from.isEmpty() ? to + " is new" : to.isEmpty() ? from + " goes" : from + " → " + to;
    return name + " " + versions + ": " + because;
  }
}
