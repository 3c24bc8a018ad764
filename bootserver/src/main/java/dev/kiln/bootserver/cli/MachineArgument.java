package dev.kiln.bootserver.cli;

import dev.kiln.bootserver.machine.Claims;
import dev.kiln.bootserver.machine.Discovered;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.machine.Recognition;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.failure.KilnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine as a person names it: by the name in its file, or by the address of a card. */
final class MachineArgument {
  private MachineArgument() {}

  /** The cards whose events make up its timeline. */
  static List<MacAddress> cards(String text, Inventory inventory, List<Discovered> discovered) {
    Optional<Machine> machine = inventory.named(text);
    if (machine.isEmpty()) {
      return List.of(mac(text));
    }
    List<MacAddress> cards = new ArrayList<>(machine.get().macs());
    for (Discovered card : discovered) {
      if (inventory.recognize(card.claims()) instanceof Recognition.Known known
          && known.machine().equals(machine.get())
          && !cards.contains(card.claims().mac())) {
        cards.add(card.claims().mac());
      }
    }
    return cards;
  }

  /** What is known about the card it boots from. */
  static Claims claims(String text, Inventory inventory, List<Discovered> discovered) {
    List<MacAddress> cards = cards(text, inventory, discovered);
    if (cards.isEmpty()) {
      throw KilnException.input(
          text + " has no MAC address in its file and was never seen", "Name a MAC address");
    }
    return discovered.stream()
        .map(Discovered::claims)
        .filter(claims -> cards.contains(claims.mac()))
        .findFirst()
        .orElse(Claims.of(cards.get(0)));
  }

  private static MacAddress mac(String text) {
    try {
      return MacAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw KilnException.input(
          "'" + text + "' is neither the name of a machine nor a MAC address",
          "Run 'bootserver machines' to see them");
    }
  }
}
