package dev.kiln.builder.distro.debian.archive;

import java.util.Optional;

/** A text, and what signs it (RFC 9580): within one file, or a file beside another. */
interface SignedText {
  /** The signed text, which is UTF-8. */
  String text();

  /**
   * What a signature of a type was made over; empty where one of that type cannot sign this.
   *
   * @param type as in RFC 9580 §5.2.1
   */
  Optional<byte[]> covered(int type);

  /** The armored signature. */
  byte[] signature();
}
