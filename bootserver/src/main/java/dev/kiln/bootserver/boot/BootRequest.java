package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.lease.SubnetId;
import dev.kiln.bootserver.machine.Claims;
import java.util.List;
import java.util.Set;

/**
 * A machine's question what comes next, whatever protocol carried it. Nothing proves any of it.
 *
 * @param claims who it says it is
 * @param asker what asks
 * @param architectures what it can run, best first; those that Kiln knows
 * @param features what the asker can do
 * @param subnet where it is
 */
public record BootRequest(
    Claims claims,
    Asker asker,
    List<ClientArchitecture> architectures,
    Set<Feature> features,
    SubnetId subnet) {
  /** What an asker may be able to do, or not. */
  public enum Feature {
    /** It loads by HTTP. */
    HTTP
  }

  public BootRequest {
    architectures = List.copyOf(architectures);
    features = Set.copyOf(features);
  }

  /** What asks, and on what: {@code PXE UEFI_X64}. */
  public String described() {
    if (asker == Asker.OTHER) {
      return "an operating system";
    }
    return architectures.isEmpty()
        ? asker + " of an architecture that is unknown here"
        : asker + " " + architectures.get(0);
  }
}
