package dev.kiln.lab.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The network of a lab: a bridge with the boot server's address, and one tap a machine. It reaches
 * nothing outside, and nothing outside reaches it, so that every lab uses the same addresses.
 */
public final class LabNetwork implements AutoCloseable {
  /** Where the boot server listens. */
  public static final String SERVER = "10.77.0.1";

  /** The network, for DHCP. */
  public static final String SUBNET = "10.77.0.0/24";

  /** Addresses for machines that nobody registered. */
  public static final String POOL = "10.77.0.200-10.77.0.250";

  /** The bridge, which is also the boot server's interface. */
  public static final String BRIDGE = "br0";

  private final Namespace namespace;

  private LabNetwork(Namespace namespace) {
    this.namespace = namespace;
  }

  /**
   * Makes namespace, bridge and taps; what a killed lab left under the same name is removed first.
   *
   * @param taps their names
   */
  public static LabNetwork create(Namespace namespace, List<String> taps) {
    namespace.remove();
    namespace.create();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "link set lo up",
                "link add " + BRIDGE + " type bridge forward_delay 0",
                "addr add " + SERVER + "/24 dev " + BRIDGE,
                // Without duplicate address detection it can be used at once.
                "addr add fd77::1/64 dev " + BRIDGE + " nodad",
                "link set " + BRIDGE + " up"));
    for (String tap : taps) {
      lines.add("tuntap add dev " + tap + " mode tap");
      lines.add("link set " + tap + " master " + BRIDGE + " up");
    }
    namespace.configure(lines);
    return new LabNetwork(namespace);
  }

  public Namespace namespace() {
    return namespace;
  }

  /** Ends whatever still runs inside, and removes all of it. */
  @Override
  public void close() {
    namespace.remove();
  }
}
