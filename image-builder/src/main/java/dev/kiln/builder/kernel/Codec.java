package dev.kiln.builder.kernel;

/** How bytes are compressed that a kernel reads, as its configuration calls it; the best first. */
public enum Codec {
  ZSTD,
  XZ,
  GZIP
}
