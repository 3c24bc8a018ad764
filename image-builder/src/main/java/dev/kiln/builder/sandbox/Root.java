package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A tree that will be somebody's {@code /}: follows its symbolic links as that somebody would, so
 * that none leads out to the host.
 */
final class Root {
  /** As many as Linux follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private final Path directory;

  Root(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * Where a path of the tree lies on the host; it need not exist.
   *
   * @param path with or without a leading slash; {@code ..} of the root is the root
   */
  Path resolve(String path) {
    Deque<String> open = new ArrayDeque<>(List.of(path.split("/")));
    Path here = directory;
    int links = 0;
    try {
      while (!open.isEmpty()) {
        String segment = open.pop();
        if (segment.isEmpty() || segment.equals(".")) {
          continue;
        }
        if (segment.equals("..")) {
          here = here.equals(directory) ? here : parent(here);
          continue;
        }
        Path next = here.resolve(segment);
        if (!Files.isSymbolicLink(next)) {
          here = next;
          continue;
        }
        if (++links > MOST_LINKS) {
          throw KilnException.input(
              "/" + path + " of the tree is a loop of links", "Check the packages");
        }
        String target = Files.readSymbolicLink(next).toString();
        here = target.startsWith("/") ? directory : here;
        String[] segments = target.split("/");
        for (int i = segments.length - 1; i >= 0; i--) {
          open.push(segments[i]);
        }
      }
      return here;
    } catch (IOException e) {
      throw KilnException.io("follow the links of " + path, e);
    }
  }

  private Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? directory : parent;
  }
}
