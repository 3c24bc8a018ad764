package dev.kiln.bootserver.config;

import dev.kiln.bootserver.dhcp.Subnet;
import dev.kiln.bootserver.net.Ipv4Address;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that the boot server is told.
 *
 * @param interfaceName the network interface of the boot network
 * @param address the server's own address there
 * @param dhcp empty where somebody else gives addresses
 * @param tftp whether loaders are served by TFTP
 */
public record Config(
    String interfaceName,
    Ipv4Address address,
    Subnet subnet,
    Optional<Dhcp> dhcp,
    boolean tftp,
    Http http,
    Directories directories,
    Loaders loaders) {

  /** DHCP; its pool is the subnet's. */
  public record Dhcp(Duration leaseTime) {}

  /** Where HTTP is served. */
  public record Http(Ipv4Address address, int port) {}

  /**
   * The directories, all absolute.
   *
   * @param images an image is a directory below it
   * @param state the database; written by the server alone
   */
  public record Directories(Path images, Path state, Path machines, Path groups) {
    /** The database of machines, leases and events. */
    public Path database() {
      return state.resolve("bootserver.db");
    }
  }

  /**
   * The iPXE binaries that firmware loads first.
   *
   * @param bios for BIOS PXE, by TFTP
   * @param uefi for x86-64 UEFI, by TFTP or by UEFI HTTP Boot
   */
  public record Loaders(Path bios, Path uefi) {
    /** The binaries by the name that machines ask for. */
    public Map<String, Path> byName() {
      Map<String, Path> files = new HashMap<>();
      files.put(name(bios), bios);
      files.put(name(uefi), uefi);
      return files;
    }

    /** The last part of a loader's path. */
    public static String name(Path loader) {
      return String.valueOf(loader.getFileName());
    }
  }

  /** Where machines reach this server by HTTP; no slash at its end. */
  public URI server() {
    Ipv4Address host = http.address().equals(Ipv4Address.NONE) ? address : http.address();
    return URI.create("http://" + host + (http.port() == 80 ? "" : ":" + http.port()));
  }
}
