package dev.kiln.bootserver.dhcp;

import dev.kiln.failure.Shown;
import java.net.URI;
import java.util.Map;

/**
 * What machines are told to load, by what they can load.
 *
 * @param script the iPXE script, by HTTP
 * @param tftpLoaders names of boot programs for PXE firmware, as {@code ipxe.efi}, on the boot
 *     server's own TFTP
 * @param httpLoaders addresses of boot programs for UEFI HTTP Boot firmware. A host name in one
 *     needs a name server in the subnet
 */
public record BootTargets(
    URI script,
    Map<ClientArchitecture, String> tftpLoaders,
    Map<ClientArchitecture, URI> httpLoaders) {
  /** Option 67 holds 255 octets; long options (RFC 3396) are beyond most firmware. */
  private static final int MAX_URL = 255;

  /** The field "file" holds 128 octets, the last of them NUL (RFC 2131 §2). */
  private static final int MAX_FILE = 127;

  public BootTargets {
    tftpLoaders = Map.copyOf(tftpLoaders);
    httpLoaders = Map.copyOf(httpLoaders);
    refuseUnlessUrl(script);
    httpLoaders.values().forEach(BootTargets::refuseUnlessUrl);
    tftpLoaders.values().forEach(BootTargets::refuseUnlessFile);
    tftpLoaders.keySet().forEach(architecture -> refuseUnless(!architecture.http(), architecture));
    httpLoaders.keySet().forEach(architecture -> refuseUnless(architecture.http(), architecture));
  }

  private static void refuseUnless(boolean right, ClientArchitecture architecture) {
    if (!right) {
      throw new IllegalArgumentException(
          architecture
              + " firmware loads by "
              + (architecture.http() ? "HTTP, give it an address" : "TFTP, give it a file name"));
    }
  }

  private static void refuseUnlessUrl(URI url) {
    String text = url.toString();
    if (!text.matches("https?://[\\x21-\\x7e]+") || text.length() > MAX_URL) {
      throw new IllegalArgumentException(
          "a boot address is an http or https URL of at most 255 ASCII characters, not '"
              + Shown.of(text, MAX_URL)
              + "'");
    }
  }

  private static void refuseUnlessFile(String name) {
    if (!name.matches("[\\x21-\\x7e]{1," + MAX_FILE + "}")) {
      throw new IllegalArgumentException(
          "a boot file name has 1 to 127 ASCII characters and no space, not '" + name + "'");
    }
  }
}
