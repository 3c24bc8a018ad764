package dev.kiln.bootserver.machine;

import dev.kiln.bootserver.lease.ClientId;
import dev.kiln.bootserver.lease.Reservation;
import dev.kiln.bootserver.lease.Reservations;
import dev.kiln.bootserver.net.MacAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every approved machine and every group, as the files say them at one time. */
public final class Inventory {
  private final List<Machine> machines;
  private final List<Group> groups;
  private final Map<MacAddress, Machine> byMac = new HashMap<>();
  private final Map<String, Machine> byUuid = new HashMap<>();
  private final Map<SerialNumber, Machine> bySerial = new HashMap<>();
  private final Map<String, Machine> byName = new HashMap<>();
  private final Map<String, Group> groupByName = new HashMap<>();

  /** Takes what {@link InventoryFiles} has checked. */
  public Inventory(List<Machine> machines, List<Group> groups) {
    this.machines = machines.stream().sorted(Comparator.comparing(Machine::name)).toList();
    this.groups =
        groups.stream()
            .sorted(
                Comparator.comparingInt((Group g) -> -g.selector().specificity())
                    .thenComparing(Group::id))
            .toList();
    GroupIndex index = new GroupIndex(groups);
    for (Machine machine : this.machines) {
      byName.put(machine.name(), machine);
      index.choosing(machine).stream()
          .findFirst()
          .ifPresent(group -> groupByName.put(machine.name(), group));
      machine.macs().forEach(mac -> byMac.put(mac, machine));
      machine.uuid().ifPresent(uuid -> byUuid.put(uuid.canonical(), machine));
      machine.serial().ifPresent(serial -> bySerial.put(serial, machine));
    }
  }

  /** By name. */
  public List<Machine> machines() {
    return machines;
  }

  /** The most specific first. */
  public List<Group> groups() {
    return groups;
  }

  /** Whether a machine's file names this card. */
  public boolean names(MacAddress card) {
    return byMac.containsKey(card);
  }

  public Optional<Machine> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Finds who asks: by the card's address, then by UUID, then by serial number. Claims that
   * contradict the file of the machine they lead to are nobody's.
   */
  public Recognition recognize(Claims claims) {
    Optional<Machine> found =
        Optional.ofNullable(byMac.get(claims.mac()))
            .or(() -> claims.uuid().map(uuid -> byUuid.get(uuid.canonical())))
            .or(() -> claims.serial().map(bySerial::get));
    if (found.isEmpty()) {
      return new Recognition.Unknown("no machine file names " + claims.mac());
    }
    Machine machine = found.get();
    return machine
        .contradiction(claims)
        .<Recognition>map(
            why -> new Recognition.Unknown("this claims to be " + machine.name() + ", but " + why))
        .orElseGet(() -> new Recognition.Known(machine));
  }

  /** What DHCP always gives the machines whose files reserve an address: by their first card. */
  public Reservations reservations() {
    Map<ClientId, Reservation> reservations = new HashMap<>();
    for (Machine machine : machines) {
      machine
          .address()
          .ifPresent(
              address -> {
                MacAddress card = machine.macs().get(0);
                reservations.put(
                    ClientId.of(card),
                    new Reservation(
                        address,
                        groupOf(machine)
                            .map(group -> group.hostname().hostname(machine.name(), card))));
              });
    }
    return new Reservations(reservations);
  }

  /** The group of a machine: the most specific whose selector chooses it. */
  public Optional<Group> groupOf(Machine machine) {
    return Optional.ofNullable(groupByName.get(machine.name()));
  }
}
