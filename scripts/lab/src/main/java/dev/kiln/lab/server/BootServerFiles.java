package dev.kiln.lab.server;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.network.LabNetwork;
import dev.kiln.lab.ssh.LabKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the boot server of a lab reads: its configuration, and a file for each machine and group.
 * JSON is YAML too.
 *
 * @param directory of all of it
 */
public record BootServerFiles(Path directory) {
  private static final String LABEL = "lab-group";

  /**
   * Under emulation on a busy host the kernel's check of the timer can fail, and then it panics.
   */
  private static final List<String> KERNEL_ARGUMENTS = List.of("no_timer_check");

  private record Configuration(Network network, Dhcp dhcp, Directories directories) {}

  private record Network(String name, String address, String subnet) {
    @com.fasterxml.jackson.annotation.JsonProperty("interface")
    @Override
    public String name() {
      return name;
    }
  }

  private record Dhcp(String pool) {}

  private record Directories(String images, String state, String machines, String groups) {}

  private record Machine(
      List<String> macs, String uuid, String address, Map<String, String> labels) {}

  private record Group(
      Map<String, String> selector,
      String image,
      String role,
      List<String> sshAuthorizedKeys,
      List<String> kernelArguments,
      Map<String, Object> cloudConfig) {}

  /** The configuration file. */
  public Path configuration() {
    return directory.resolve("bootserver.yaml");
  }

  /** Where the images are, by the names of their groups. */
  public Path images() {
    return directory.resolve("images");
  }

  /** Writes all of it anew. */
  public void write(List<BootGroup> groups, List<MachineSpec> machines, LabKey key) {
    try {
      for (String name : List.of("images", "state", "machines", "groups")) {
        Files.createDirectories(directory.resolve(name));
      }
      for (BootGroup group : groups) {
        Files.createSymbolicLink(images().resolve(group.name()), group.image());
        write("groups/" + group.name() + ".json", group(group, key));
      }
      for (MachineSpec machine : machines) {
        if (machine.registered()) {
          write("machines/" + machine.name() + ".json", machine(machine));
        }
      }
      write(
          "bootserver.yaml",
          new Configuration(
              new Network(LabNetwork.BRIDGE, LabNetwork.SERVER, LabNetwork.SUBNET),
              new Dhcp(LabNetwork.POOL),
              new Directories("images", "state", "machines", "groups")));
    } catch (IOException e) {
      throw KilnException.io("write the boot server's files in " + directory, e);
    }
  }

  private void write(String name, Object content) throws IOException {
    AtomicFile.write(directory.resolve(name), Json.write(content));
  }

  private static Machine machine(MachineSpec machine) {
    return new Machine(
        List.of(machine.mac()), machine.uuid(), machine.address(), Map.of(LABEL, machine.group()));
  }

  private static Group group(BootGroup group, LabKey key) {
    return new Group(
        Map.of(LABEL, group.name()),
        group.name(),
        "worker",
        List.of(key.publicLine()),
        KERNEL_ARGUMENTS,
        // The lab logs in as root, by key.
        Map.of("disable_root", false));
  }
}
