package dev.kiln.bootserver.boot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boot programs that machines load first, by what they can run.
 *
 * @param tftp for PXE firmware; empty where nothing is served by TFTP
 * @param http for UEFI HTTP Boot
 */
public record Loaders(
    Map<ClientArchitecture, LoaderName> tftp, Map<ClientArchitecture, LoaderName> http) {
  public Loaders {
    tftp = Map.copyOf(tftp);
    http = Map.copyOf(http);
    if (tftp.keySet().stream().anyMatch(ClientArchitecture::http)
        || !http.keySet().stream().allMatch(ClientArchitecture::http)) {
      throw new IllegalArgumentException("an architecture stands under the other protocol");
    }
  }

  /** The first of these architectures that has a program. */
  Optional<ClientArchitecture> first(List<ClientArchitecture> architectures, Transport by) {
    return architectures.stream().filter(of(by)::containsKey).findFirst();
  }

  Map<ClientArchitecture, LoaderName> of(Transport by) {
    return by == Transport.HTTP ? http : tftp;
  }
}
