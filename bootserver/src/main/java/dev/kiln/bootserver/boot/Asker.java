package dev.kiln.bootserver.boot;

/** The programs that ask, in the course of a boot, what comes next. */
public enum Asker {
  /** PXE firmware, which loads by TFTP (RFC 4578). */
  PXE,
  /** UEFI HTTP Boot firmware (UEFI specification §24.7). */
  HTTP_BOOT,
  /** iPXE, which asks DHCP what to load. */
  IPXE,
  /** A script in iPXE, which says whose it is. */
  SCRIPT,
  /** An operating system or anything else, which boots nothing from here. */
  OTHER
}
