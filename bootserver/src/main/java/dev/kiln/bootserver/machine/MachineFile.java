package dev.kiln.bootserver.machine;

import static dev.kiln.document.Decoders.list;
import static dev.kiln.document.Decoders.map;
import static dev.kiln.document.Decoders.text;

import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.document.Fields;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the file of one machine. */
final class MachineFile {
  /** Labels that every machine has by itself. */
  private static final Set<String> OWN = Set.of("name", "mac", "uuid", "serial");

  private MachineFile() {}

  /**
   * Reads it.
   *
   * @param name of the machine where the file does not say one
   */
  static Optional<Machine> decode(Node node, String name, Problems problems) {
    Fields fields = new Fields(node, "a machine", problems);
    var given = fields.optional("name", text(), name);
    var macs = fields.optional("macs", list(text(MacAddress::parse)), List.of());
    var uuid = fields.optional("uuid", text(SystemUuid::parse));
    var serial = fields.optional("serial", text(SerialNumber::new));
    var address = fields.optional("address", text(Ipv4Address::parse));
    var labels = fields.optional("labels", map(MachineFile::label, text()), Map.of());
    return fields.build(
        () ->
            new Machine(
                given.get(), macs.get(), uuid.get(), serial.get(), address.get(), labels.get()));
  }

  private static String label(String name) {
    if (OWN.contains(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is a label that every machine has by itself; use another word");
    }
    return Selector.label(name);
  }
}
