package dev.kiln.lab.machine;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One machine of a lab, before it has power.
 *
 * @param name its host name
 * @param number from 1 to 99; its addresses follow from it
 * @param memory MiB
 * @param group the boot server's group it belongs to; empty for a machine nobody registered
 */
public record MachineSpec(String name, int number, Firmware firmware, int memory, String group) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  public MachineSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a host name for a machine");
    }
    if (number < 1 || number > 99) {
      throw new IllegalArgumentException("a machine's number is from 1 to 99, not " + number);
    }
    if (memory < 128 || memory > 1 << 20) {
      throw new IllegalArgumentException("a machine has 128 MiB or more, not " + memory);
    }
  }

  /** Locally administered, as QEMU's own addresses are. */
  public String mac() {
    return String.format(Locale.ROOT, "52:54:00:77:00:%02x", number);
  }

  /** The address its reservation gives. */
  public String address() {
    return "10.77.0." + (100 + number);
  }

  /** Its SMBIOS UUID (DMTF DSP0134, 7.2.1), which is stable over reboots of a lab. */
  public String uuid() {
    return String.format(Locale.ROOT, "6b696c6e-7700-4000-8000-%012d", number);
  }

  /** The tap its network card is plugged into. */
  public String tap() {
    return "tap" + number;
  }

  /** Whether the boot server has been told of it. */
  public boolean registered() {
    return !group.isEmpty();
  }
}
