package dev.kiln.builder.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/** A file, a directory or a tree that a sandboxed command sees besides its root. */
public final class Bind {
  private final Path source;
  private final Optional<Keeper> keeper;
  private final String target;
  private final boolean writable;

  private Bind(Path source, Optional<Keeper> keeper, String target, boolean writable) {
    boolean plain = Path.of(target).normalize().toString().equals(target);
    if (!plain || !(target.startsWith("/run/") || target.startsWith("/tmp/"))) {
      throw new IllegalArgumentException("a bind goes below /run or /tmp, not to " + target);
    }
    this.source = source.toAbsolutePath();
    this.keeper = keeper;
    this.target = target;
    this.writable = writable;
  }

  /**
   * Shows a file or directory of the host.
   *
   * @param target absolute, in the sandbox; below {@code /run} or {@code /tmp}, so that the tree
   *     keeps no trace of it
   */
  public static Bind readOnly(Path source, String target) {
    return new Bind(source, Optional.empty(), target, false);
  }

  /** Lets a command change a file or directory of the host. */
  public static Bind writable(Path source, String target) {
    return new Bind(source, Optional.empty(), target, true);
  }

  /** Shows a tree. */
  public static Bind readOnly(ImageTree source, String target) {
    return new Bind(source.inside(), source.keeper(), target, false);
  }

  /** Lets a command change a tree. */
  public static Bind writable(ImageTree source, String target) {
    return new Bind(source.inside(), source.keeper(), target, true);
  }

  Path source() {
    return source;
  }

  Optional<Keeper> keeper() {
    return keeper;
  }

  String target() {
    return target;
  }

  boolean writable() {
    return writable;
  }
}
