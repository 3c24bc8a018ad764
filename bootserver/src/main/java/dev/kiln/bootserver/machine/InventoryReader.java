package dev.kiln.bootserver.machine;

import dev.kiln.document.Located;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import dev.kiln.document.YamlReader;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the directories of machines and groups: one YAML or JSON file each, named after it. Other
 * files and hidden ones are left alone.
 */
public final class InventoryReader {
  private static final Pattern FILE = Pattern.compile("([^.].*)\\.(yaml|yml|json)");

  private final Problems problems;

  /**
   * Makes a reader.
   *
   * @param problems takes everything that is wrong with any of the files
   */
  public InventoryReader(Problems problems) {
    this.problems = problems;
  }

  /** Reads all files, and is empty where one of them is wrong. */
  public Optional<CheckedInventory> read(Path machinesDirectory, Path groupsDirectory) {
    int before = problems.count();
    List<Located<Machine>> machines = readAll(machinesDirectory, MachineFile::decode);
    List<Located<Group>> groups = readAll(groupsDirectory, GroupFile::decode);
    new InventoryCheck(problems).check(machines, groups);
    return problems.count() == before
        ? Optional.of(new CheckedInventory(machines, groups))
        : Optional.empty();
  }

  private <T> List<Located<T>> readAll(Path directory, FileDecoder<T> decoder) {
    List<Located<T>> values = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : filesOf(directory)) {
      Matcher name = FILE.matcher(file.getFileName().toString());
      if (!name.matches()) {
        continue;
      }
      try {
        Node node = YamlReader.read(file);
        if (!names.add(name.group(1))) {
          problems.add(
              node.position(),
              "there is a second file of the name '" + name.group(1) + "'",
              "Keep one of the two");
        }
        decoder
            .decode(node, name.group(1), problems)
            .ifPresent(value -> values.add(new Located<>(node.position(), value)));
      } catch (KilnException e) {
        problems.addAll(e);
      }
    }
    return values;
  }

  private static List<Path> filesOf(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw KilnException.io("list " + directory, e);
    }
  }

  private interface FileDecoder<T> {
    Optional<T> decode(Node node, String name, Problems problems);
  }
}
