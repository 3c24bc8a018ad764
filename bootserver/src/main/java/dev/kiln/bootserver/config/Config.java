package dev.kiln.bootserver.config;

import dev.kiln.bootserver.boot.ClientArchitecture;
import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.boot.Loaders;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.lease.Subnet;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that the boot server is told.
 *
 * @param interfaceName the network interface of the boot network
 * @param subnet that network, with the server's own address there
 * @param dhcp empty where somebody else gives addresses
 * @param tftp whether loaders are served by TFTP
 */
public record Config(
    InterfaceName interfaceName,
    Subnet subnet,
    Optional<Dhcp> dhcp,
    boolean tftp,
    Http http,
    Directories directories,
    LoaderFiles loaders) {

  /** DHCP; its pool is the subnet's. */
  public record Dhcp(LeaseTime leaseTime) {}

  /** Where HTTP is served. */
  public record Http(Ipv4Address address, int port) {}

  /**
   * The directories, all absolute.
   *
   * @param images an image is a directory below it
   * @param state leases, seen cards and events; written by the server alone
   */
  public record Directories(Path images, Path state, Path machines, Path groups) {}

  /**
   * The iPXE binaries that firmware loads first.
   *
   * @param directory where both are
   * @param bios for BIOS PXE, by TFTP
   * @param uefi for x86-64 UEFI, by TFTP or by UEFI HTTP Boot
   */
  public record LoaderFiles(Path directory, LoaderName bios, LoaderName uefi) {
    /** The binaries by the name that machines ask for. */
    public Map<LoaderName, Path> byName() {
      Map<LoaderName, Path> files = new LinkedHashMap<>();
      files.put(bios, path(bios));
      files.put(uefi, path(uefi));
      return files;
    }

    private Path path(LoaderName loader) {
      return directory.resolve(loader.text());
    }
  }

  /** What machines load first, by what they can run. */
  public Loaders programs() {
    return new Loaders(
        tftp
            ? Map.of(
                ClientArchitecture.BIOS, loaders.bios(),
                ClientArchitecture.UEFI_X64, loaders.uefi())
            : Map.of(),
        Map.of(ClientArchitecture.UEFI_X64_HTTP, loaders.uefi()));
  }

  /** Where machines reach this server by HTTP; no slash at its end. */
  public URI server() {
    Ipv4Address host = http.address().equals(Ipv4Address.NONE) ? subnet.server() : http.address();
    return URI.create("http://" + host + (http.port() == 80 ? "" : ":" + http.port()));
  }
}
