package dev.kiln.builder.tree;

import dev.kiln.failure.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whose scripts made a file: whoever had begun last when it was last changed. A clock that ticks
 * slowly leaves more than one.
 */
final class Makers {
  /** One package's script. */
  private record Maker(String began, String name) {}

  private final List<Maker> makers = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param line when its scripts first ran, as stat(1) says it, a blank, and its name
   */
  void add(String line) {
    int name = line.lastIndexOf(' ');
    makers.add(new Maker(line.substring(0, name), line.substring(name + 1)));
  }

  /**
   * The maker in words.
   *
   * @param changed when the file was, as stat(1) says it
   * @return nothing where nobody had begun yet
   */
  Optional<String> of(String changed) {
    String begun = "";
    TreeSet<String> names = new TreeSet<>();
    for (Maker maker : makers) {
      int order = maker.began().compareTo(begun);
      if (maker.began().compareTo(changed) > 0 || order < 0) {
        continue;
      }
      if (order > 0) {
        names.clear();
        begun = maker.began();
      }
      names.add(maker.name());
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "a script of " + names.stream().map(Shown::of).collect(Collectors.joining(" or ")));
  }
}
