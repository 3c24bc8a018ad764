package dev.kiln.builder.deb;

/**
 * What a package may hold before it is taken for an attack.
 *
 * @param unpackedBytes of one member, unpacked
 * @param ratio of unpacked to packed bytes, beyond the first 64 MiB
 * @param entries of one package
 * @param nameBytes of all their names: these are kept in memory
 */
record Limits(long unpackedBytes, int ratio, int entries, long nameBytes) {
  /** Some ten times what the largest packages of Debian hold. */
  static final Limits USUAL = new Limits(8L << 30, 1000, 1_000_000, 64 << 20);

  private static final long FREE = 64 << 20;

  long unpackedBytes(long packedBytes) {
    return Math.min(unpackedBytes, FREE + ratio * packedBytes);
  }
}
