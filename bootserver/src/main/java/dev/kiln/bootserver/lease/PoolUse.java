package dev.kiln.bootserver.lease;

/**
 * How full a pool is.
 *
 * @param size addresses of the pool
 * @param free those of them that a machine without a reservation can get now
 */
public record PoolUse(int size, int free) {
  /** Addresses that are leased, on offer, reserved or kept from all. */
  public int used() {
    return size - free;
  }
}
