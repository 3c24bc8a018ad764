package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.Group;
import dev.kiln.bootserver.machine.Machine;
import dev.kiln.bootserver.net.MacAddress;
import dev.kiln.file.Digest;

/** What a machine is to do next. Documents are made of it, and are not in it. */
public sealed interface BootPlan {
  /** The reason, one sentence without its full stop, that says what an operator can do. */
  String why();

  /** It loads a boot program from this server. */
  record Load(Transport by, LoaderName program, String why) implements BootPlan {}

  /** It runs the script that says who it is. */
  record Identify(String why) implements BootPlan {}

  /**
   * It runs the script that boots an image.
   *
   * @param mac of the card it asks with
   */
  record Boot(MacAddress mac, Machine machine, Group group, PublishedImage image)
      implements BootPlan {
    @Override
    public String why() {
      return "image " + image.name() + " for group " + group.id();
    }
  }

  /**
   * Its system runs, and is told who it is.
   *
   * @param mac of the card it was booted from
   * @param image that it says it runs
   */
  record Configure(MacAddress mac, Machine machine, Group group, Digest image) implements BootPlan {
    @Override
    public String why() {
      return "machine " + machine.name() + " of group " + group.id();
    }
  }

  /** It waits and asks again. */
  record Wait(String why) implements BootPlan {}

  /** It gets no boot from here; an address is given all the same. */
  record Nothing(String why) implements BootPlan {}
}
