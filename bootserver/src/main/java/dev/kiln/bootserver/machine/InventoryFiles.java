package dev.kiln.bootserver.machine;

import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import dev.kiln.failure.Position;
import dev.kiln.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The directories of machines and groups, looked at again and again. What is wrong with a file, or
 * between two, is named and stops no other: that machine or group stays what it was at the look
 * before, or is left out where it was not there.
 */
public final class InventoryFiles {
  private final FilesOf<Machine> machines;
  private final FilesOf<Group> groups;
  private final BiConsumer<CheckedInventory, Problems> further;
  private Map<String, Located<Machine>> machinesInForce = Map.of();
  private Map<String, Located<Group>> groupsInForce = Map.of();

  /**
   * Looks at nothing yet.
   *
   * @param further adds what else is wrong with machines and groups, at the places of their files
   */
  public InventoryFiles(
      Path machines, Path groups, BiConsumer<CheckedInventory, Problems> further) {
    this.machines = new FilesOf<>(machines, MachineFile::decode);
    this.groups = new FilesOf<>(groups, GroupFile::decode);
    this.further = further;
  }

  /**
   * What one look found.
   *
   * @param inventory what holds from now on
   * @param broken everything that is wrong, by file and line
   */
  public record Look(CheckedInventory inventory, List<Problem> broken) {
    public Look {
      broken = List.copyOf(broken);
    }
  }

  /** Reads what changed since the last look. */
  public Look look() {
    List<Problem> broken = new ArrayList<>();
    Map<String, Located<Machine>> usable = usable(machines.look(), machinesInForce, broken);
    Map<String, Located<Group>> choosing = usable(groups.look(), groupsInForce, broken);
    List<Problem> wrong = check(usable, choosing);
    while (!wrong.isEmpty()) {
      wrong.stream().filter(problem -> !broken.contains(problem)).forEach(broken::add);
      Set<String> files = filesOf(wrong);
      stepBack(usable, machinesInForce, files);
      stepBack(choosing, groupsInForce, files);
      wrong = check(usable, choosing);
    }
    machinesInForce = usable;
    groupsInForce = choosing;
    return new Look(inventory(usable, choosing), broken);
  }

  private static <T> Map<String, Located<T>> usable(
      List<FilesOf.ReadFile<T>> files, Map<String, Located<T>> inForce, List<Problem> broken) {
    Map<String, Located<T>> usable = new TreeMap<>();
    for (FilesOf.ReadFile<T> file : files) {
      String name = file.path().toString();
      broken.addAll(file.problems());
      file.value()
          .or(() -> Optional.ofNullable(inForce.get(name)))
          .ifPresent(value -> usable.put(name, value));
    }
    return usable;
  }

  /** What is wrong between files; each problem has the place of one of them. */
  private List<Problem> check(
      Map<String, Located<Machine>> usable, Map<String, Located<Group>> choosing) {
    Problems found = new Problems();
    CheckedInventory inventory = inventory(usable, choosing);
    new InventoryCheck(found).check(inventory.machines(), inventory.groups());
    further.accept(inventory, found);
    return found.all();
  }

  /** To what they were, and where they were that already, out: so this comes to an end. */
  private static <T> void stepBack(
      Map<String, Located<T>> usable, Map<String, Located<T>> inForce, Set<String> files) {
    for (String file : files) {
      Located<T> before = inForce.get(file);
      if (before != null && !before.equals(usable.get(file)) && usable.containsKey(file)) {
        usable.put(file, before);
      } else {
        usable.remove(file);
      }
    }
  }

  private static Set<String> filesOf(List<Problem> problems) {
    Set<String> files = new HashSet<>();
    problems.forEach(problem -> problem.where().map(Position::file).ifPresent(files::add));
    return files;
  }

  private static CheckedInventory inventory(
      Map<String, Located<Machine>> machines, Map<String, Located<Group>> groups) {
    return new CheckedInventory(List.copyOf(machines.values()), List.copyOf(groups.values()));
  }
}
