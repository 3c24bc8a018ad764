package dev.kiln.bootserver.machine;

import dev.kiln.document.Located;
import java.util.List;

/** Machines and groups that agree among themselves, with the files they came from. */
public record CheckedInventory(List<Located<Machine>> machines, List<Located<Group>> groups) {
  public CheckedInventory {
    machines = List.copyOf(machines);
    groups = List.copyOf(groups);
  }

  public Inventory inventory() {
    return new Inventory(
        machines.stream().map(Located::value).toList(),
        groups.stream().map(Located::value).toList());
  }
}
