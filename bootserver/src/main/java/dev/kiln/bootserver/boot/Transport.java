package dev.kiln.bootserver.boot;

/** How firmware fetches a boot program. */
public enum Transport {
  TFTP,
  HTTP
}
