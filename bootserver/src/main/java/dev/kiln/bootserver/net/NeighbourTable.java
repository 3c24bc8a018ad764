package dev.kiln.bootserver.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Which cards answered for which addresses on one interface: Linux's {@code /proc/net/arp}. */
final class NeighbourTable {
  private static final Path FILE = Path.of("/proc/net/arp");
  private static final int COLUMNS = 6;
  // Linux, if_arp.h: the entry has a hardware address that is good.
  private static final int ATF_COM = 2;

  private NeighbourTable() {}

  /** Reads it as it is now; empty where it cannot be read. */
  static Map<Ipv4Address, MacAddress> read(InterfaceName name) {
    try {
      return parse(Files.readString(FILE, StandardCharsets.US_ASCII), name);
    } catch (IOException e) {
      return Map.of();
    }
  }

  static Map<Ipv4Address, MacAddress> parse(String table, InterfaceName name) {
    Map<Ipv4Address, MacAddress> cards = new HashMap<>();
    // IP address, HW type, Flags, HW address, Mask, Device
    table
        .lines()
        .skip(1)
        .map(line -> line.strip().split(" +"))
        .filter(columns -> columns.length == COLUMNS && columns[5].equals(name.text()))
        .filter(columns -> (Integer.decode(columns[2]) & ATF_COM) != 0)
        // Any machine may answer with what is no card's address.
        .forEach(
            columns ->
                MacAddress.claimed(columns[3])
                    .ifPresent(card -> cards.put(Ipv4Address.parse(columns[0]), card)));
    return cards;
  }
}
