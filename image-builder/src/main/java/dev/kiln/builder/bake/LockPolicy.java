package dev.kiln.builder.bake;

import java.nio.file.Path;

/** Which lock a bake takes. */
public sealed interface LockPolicy {
  /** Where the lock lies. */
  Path file();

  /** Where it is, and what is done with it. */
  String sentence();

  /**
   * The lock as it is: the bake fails where it is missing, or was made for another profile.
   *
   * @param file where it lies
   */
  record AsItIs(Path file) implements LockPolicy {
    @Override
    public String sentence() {
      return file + ", as it is";
    }
  }

  /**
   * The lock as far as it fits the profile. What it lacks is chosen, and written there for the next
   * bake.
   *
   * @param file where it lies, or will lie
   */
  record Kept(Path file) implements LockPolicy {
    @Override
    public String sentence() {
      return file + ", kept as far as it fits";
    }
  }
}
