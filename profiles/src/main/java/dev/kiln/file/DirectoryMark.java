package dev.kiln.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mark of a directory that belongs to a program. A user can name any directory: a program
 * removes by itself what lies in one of its own alone.
 *
 * @param file the name of the file that is the mark
 * @param lines its text; a file that has all of them, the first one first, is the mark
 */
public record DirectoryMark(String file, List<String> lines) {
  private static final int MOST = 4096;

  /** Made by mke2fs at the root of a file system: a directory that has only this is empty. */
  private static final String OF_THE_FILE_SYSTEM = "lost+found";

  public DirectoryMark {
    lines = List.copyOf(lines);
  }

  /** Whether a directory has the mark. */
  public boolean isOn(Path directory) throws IOException {
    Path mark = directory.resolve(file);
    if (!Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS) || Files.size(mark) > MOST) {
      return false;
    }
    // A foreign file of this name need not be a text.
    List<String> there =
        new String(Files.readAllBytes(mark), StandardCharsets.UTF_8).lines().toList();
    return !there.isEmpty() && there.get(0).equals(lines.get(0)) && there.containsAll(lines);
  }

  /**
   * Marks a directory that is empty, or that an earlier version of the program left.
   *
   * @param earlier tells by the names in a directory whether it is one that had no mark yet
   * @return whether it has the mark now; where it is another's, nothing is changed
   */
  public boolean putOn(Path directory, Predicate<Set<String>> earlier) throws IOException {
    // Listed before the mark is looked for: who writes here at this moment puts the mark first.
    Set<String> names = namesIn(directory);
    if (isOn(directory)) {
      return true;
    }
    if (!names.isEmpty() && !earlier.test(names)) {
      return false;
    }
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(directory.resolve(file), text);
    return true;
  }

  private Set<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.equals(OF_THE_FILE_SYSTEM))
          // The mark itself, on its way: AtomicFile writes beside its place.
          .filter(name -> !name.startsWith("." + file))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
