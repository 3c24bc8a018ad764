package dev.kiln.bootserver.machine;

import dev.kiln.document.Located;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Position;
import dev.kiln.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one directory, one YAML or JSON document each, named after it. Other files and
 * hidden ones are left alone. What did not change since the last look is not read again.
 */
final class FilesOf<T> {
  private static final Pattern FILE = Pattern.compile("([^.].*)\\.(yaml|yml|json)");

  private final Path directory;
  private final FileDecoder<T> decoder;
  private Map<Path, ReadFile<T>> known = Map.of();

  FilesOf(Path directory, FileDecoder<T> decoder) {
    this.directory = directory;
    this.decoder = decoder;
  }

  /** Makes a value of a file's document, or says why it cannot. */
  interface FileDecoder<T> {
    Optional<T> decode(Node node, String name, Problems problems);
  }

  /**
   * One file.
   *
   * @param identity changes when it is written
   * @param value empty exactly where there are problems
   */
  record ReadFile<T>(
      Path path, String identity, Optional<Located<T>> value, List<Problem> problems) {}

  /** Every file there is now, by name. */
  List<ReadFile<T>> look() {
    Map<Path, ReadFile<T>> now = new HashMap<>();
    List<ReadFile<T>> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path path : paths()) {
      Matcher name = FILE.matcher(String.valueOf(path.getFileName()));
      Optional<String> identity = name.matches() ? identity(path) : Optional.empty();
      if (identity.isPresent()) {
        ReadFile<T> file = read(path, name.group(1), identity.get());
        now.put(path, file);
        files.add(names.add(name.group(1)) ? file : second(file, name.group(1)));
      }
    }
    known = now;
    return files;
  }

  private ReadFile<T> read(Path path, String name, String identity) {
    ReadFile<T> before = known.get(path);
    if (before != null && before.identity().equals(identity)) {
      return before;
    }
    Problems problems = new Problems();
    try {
      Node node = YamlReader.read(path);
      Optional<Located<T>> value =
          decoder.decode(node, name, problems).map(it -> new Located<>(node.position(), it));
      problems.refuseIfAny();
      return new ReadFile<>(path, identity, value, List.of());
    } catch (KilnException e) {
      return new ReadFile<>(path, identity, Optional.empty(), e.problems());
    }
  }

  private static <T> ReadFile<T> second(ReadFile<T> file, String name) {
    Problem why =
        Problem.at(
            new Position(file.path().toString(), 1),
            "there is a second file of the name '" + name + "'",
            "Keep one of the two");
    return new ReadFile<>(file.path(), file.identity(), Optional.empty(), List.of(why));
  }

  private List<Path> paths() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw KilnException.io("list " + directory, e);
    }
  }

  /** Empty where it is no file: gone since it was listed, or a link to nothing. */
  private static Optional<String> identity(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.isRegularFile()
          ? Optional.of(found.lastModifiedTime() + " " + found.size() + " " + found.fileKey())
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw KilnException.io("look at " + file, e);
    }
  }
}
