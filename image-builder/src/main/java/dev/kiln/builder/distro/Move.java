package dev.kiln.builder.distro;

import java.util.Optional;

/**
 * One thing that a lock chooses otherwise than the lock before it.
 *
 * @param name of a package, pin or build
 * @param from the version before; empty where it was not there
 * @param to the version now; empty where it is not there any more
 * @param because why, in words a person understands
 */
public record Move(String name, Optional<String> from, Optional<String> to, String because) {
  public Move {
    if (from.isEmpty() && to.isEmpty()) {
      throw new IllegalArgumentException(name + " moves from nothing to nothing");
    }
  }

  /** What was not there before. */
  public static Move added(String name, String version, String because) {
    return new Move(name, Optional.empty(), Optional.of(version), because);
  }

  /** What is not there any more. */
  public static Move removed(String name, String version, String because) {
    return new Move(name, Optional.of(version), Optional.empty(), because);
  }

  /** What is there in another version, or with other bytes. */
  public static Move changed(String name, String from, String to, String because) {
    return new Move(name, Optional.of(from), Optional.of(to), because);
  }

  /** The same, of a part of something. */
  public Move in(String whole) {
    return new Move(whole + ": " + name, from, to, because);
  }

  @Override
  public String toString() {
    String versions =
        from.isEmpty()
            ? to.orElseThrow() + " is new"
            : from.get() + to.map(now -> " → " + now).orElse(" goes");
    return name + " " + versions + ": " + because;
  }
}
