package dev.kiln.builder.sandbox;

import java.nio.file.Path;

/**
 * A file or directory of the host that a sandboxed command sees.
 *
 * @param source on the host
 * @param target absolute, in the sandbox; below {@code /run} or {@code /tmp}, so that the tree
 *     keeps no trace of it
 * @param writable whether the command may change it
 */
public record Bind(Path source, String target, boolean writable) {
  public Bind {
    boolean plain = Path.of(target).normalize().toString().equals(target);
    if (!plain || !(target.startsWith("/run/") || target.startsWith("/tmp/"))) {
      throw new IllegalArgumentException("a bind goes below /run or /tmp, not to " + target);
    }
    source = source.toAbsolutePath();
  }

  public static Bind readOnly(Path source, String target) {
    return new Bind(source, target, false);
  }

  public static Bind writable(Path source, String target) {
    return new Bind(source, target, true);
  }
}
