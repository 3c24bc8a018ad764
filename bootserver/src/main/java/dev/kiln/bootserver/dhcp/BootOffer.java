package dev.kiln.bootserver.dhcp;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a machine is told to load next, and why. */
public sealed interface BootOffer {
  /** The reason, one sentence without its full stop. */
  String why();

  /** iPXE fetches and runs this script. */
  record Script(URI url, String why) implements BootOffer {}

  /** PXE firmware fetches this program from the boot server's TFTP. */
  record TftpProgram(String file, String why) implements BootOffer {}

  /** UEFI HTTP Boot firmware fetches this program. */
  record HttpProgram(URI url, String why) implements BootOffer {}

  /** Nothing; an address is given all the same. */
  record Nothing(String why) implements BootOffer {}

  /** The one place where it is decided. */
  static BootOffer decide(BootClient client, BootTargets targets) {
    return switch (client.program()) {
      case IPXE -> new Script(targets.script(), "iPXE runs a script");
      case HTTP_BOOT ->
          firstOf(
              client,
              targets.httpLoaders(),
              (known, url) -> new HttpProgram(url, known + " firmware loads by HTTP"));
      case PXE ->
          firstOf(
              client,
              targets.tftpLoaders(),
              (known, file) -> new TftpProgram(file, known + " firmware loads by TFTP"));
      case OTHER -> new Nothing("the client is no boot firmware");
    };
  }

  /** The program for the first of the client's architectures that has one. */
  private static <T> BootOffer firstOf(
      BootClient client,
      Map<ClientArchitecture, T> loaders,
      BiFunction<ClientArchitecture, T, BootOffer> offer) {
    return client.architectures().stream()
        .map(ClientArchitecture::ofCode)
        .flatMap(Optional::stream)
        .filter(loaders::containsKey)
        .findFirst()
        .map(known -> offer.apply(known, loaders.get(known)))
        .orElseGet(() -> new Nothing("no boot program is configured for " + client));
  }
}
