package dev.kiln.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bootserver.config.ConfigReader;
import dev.kiln.bootserver.machine.Inventory;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.lab.machine.Firmware;
import dev.kiln.lab.machine.MachineSpec;
import dev.kiln.lab.ssh.LabKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootServerFilesTest {
  private static final MachineSpec NODE = new MachineSpec("node1", 1, Firmware.BIOS, 1024, "node");
  private static final MachineSpec STRANGER =
      new MachineSpec("stranger", 2, Firmware.BIOS, 1024, "");

  @TempDir private Path directory;

  @Test
  void areWhatTheBootServerReads() throws IOException {
    ConfigReader.Checked checked = write();

    assertThat(checked.config().interfaceName()).hasToString("br0");
    assertThat(checked.config().dhcp()).isPresent();
    assertThat(checked.config().tftp()).isTrue();
  }

  @Test
  void registerEachMachineWithItsAddressAndGroup() throws IOException {
    Inventory inventory = write().inventory().inventory().inventory();

    Machine machine = inventory.named("node1").orElseThrow();
    assertThat(machine.address()).hasToString("Optional[10.77.0.101]");
    assertThat(inventory.groupOf(machine).orElseThrow().image()).hasToString("node");
  }

  @Test
  void doNotNameAStranger() throws IOException {
    assertThat(write().inventory().inventory().inventory().named("stranger")).isEmpty();
  }

  private ConfigReader.Checked write() throws IOException {
    BootServerFiles files = new BootServerFiles(directory.resolve("bootserver"));
    BootGroup group = new BootGroup("node", SmallImage.write(directory.resolve("image")));
    files.write(List.of(group), List.of(NODE, STRANGER), LabKey.create(directory.resolve("key")));
    return ConfigReader.readOnly(files.configuration());
  }
}
