package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.document.Located;
import dev.kiln.document.Problems;
import dev.kiln.failure.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what no single file can show: two machines of one identity, two groups for one machine. */
final class InventoryCheck {
  private final Problems problems;

  InventoryCheck(Problems problems) {
    this.problems = problems;
  }

  void check(List<Located<Machine>> machines, List<Located<Group>> groups) {
    refuseSharedIdentities(machines);
    refuseEqualSelectors(groups);
    GroupIndex index = new GroupIndex(groups.stream().map(Located::value).toList());
    for (Located<Machine> machine : machines) {
      List<Group> chosen = mostSpecific(index.choosing(machine.value()));
      refuseTies(machine, chosen);
      refuseImpossibleHostname(machine, chosen);
    }
  }

  private void refuseSharedIdentities(List<Located<Machine>> machines) {
    Map<Object, Position> owners = new HashMap<>();
    for (Located<Machine> each : machines) {
      Machine machine = each.value();
      claim(owners, "the name", machine.name(), machine.name(), each.where());
      machine.macs().forEach(mac -> claim(owners, "the MAC address", mac, mac, each.where()));
      machine
          .uuid()
          .ifPresent(uuid -> claim(owners, "the UUID", uuid.canonical(), uuid, each.where()));
      machine
          .serial()
          .ifPresent(serial -> claim(owners, "the serial number", serial, serial, each.where()));
      machine
          .address()
          .ifPresent(address -> claim(owners, "the address", address, address, each.where()));
    }
  }

  private void claim(
      Map<Object, Position> owners, String what, Object key, Object shown, Position where) {
    Position other = owners.putIfAbsent(List.of(what, key), where);
    if (other != null) {
      problems.add(
          where, what + " " + shown + " stands in " + other.file() + " too", "Keep it in one file");
    }
  }

  private void refuseEqualSelectors(List<Located<Group>> groups) {
    Map<Selector, Position> owners = new HashMap<>();
    for (Located<Group> group : groups) {
      Position other = owners.putIfAbsent(group.value().selector(), group.where());
      if (other != null) {
        problems.add(
            group.where(),
            "this group chooses the same machines as " + other.file(),
            "Give one of the two a selector of its own");
      }
    }
  }

  private void refuseTies(Located<Machine> machine, List<Group> chosen) {
    boolean equal = chosen.stream().map(Group::selector).distinct().count() < chosen.size();
    if (chosen.size() > 1 && !equal) {
      problems.add(
          machine.where(),
          "the groups "
              + chosen.stream().map(Group::id).collect(Collectors.joining(" and "))
              + " choose "
              + machine.value().name()
              + " with equally many labels",
          "Make one of the selectors more specific");
    }
  }

  private void refuseImpossibleHostname(Located<Machine> machine, List<Group> chosen) {
    for (Group group : chosen) {
      for (MacAddress mac : machine.value().macs()) {
        try {
          group.hostname().hostname(machine.value().name(), mac);
        } catch (IllegalArgumentException e) {
          problems.add(
              machine.where(),
              "the group " + group.id() + " gives it an impossible name: " + e.getMessage(),
              "Shorten the machine's name or the group's 'hostname'");
          return;
        }
      }
    }
  }

  private static List<Group> mostSpecific(List<Group> choosing) {
    return choosing.stream()
        .takeWhile(
            group -> group.selector().specificity() == choosing.get(0).selector().specificity())
        .toList();
  }
}
