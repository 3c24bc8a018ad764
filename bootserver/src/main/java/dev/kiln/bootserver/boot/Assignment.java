package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.MacAddress;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.node.boot.KernelCommandLine;

/** What a machine that asks now gets. */
public sealed interface Assignment {
  /**
   * It boots.
   *
   * @param mac of the card it asks with
   */
  record Boots(
      MacAddress mac,
      Machine machine,
      Group group,
      PublishedImage image,
      KernelCommandLine commandLine)
      implements Assignment {}

  /**
   * It waits and asks again.
   *
   * @param reason one sentence for the console and the timeline, that says what an operator can do
   */
  record Waits(MacAddress mac, String reason) implements Assignment {}
}
