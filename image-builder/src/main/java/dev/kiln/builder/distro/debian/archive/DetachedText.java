package dev.kiln.builder.distro.debian.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPSignature;

/** A text with a signature in a file of its own (RFC 9580 §10.4). */
final class DetachedText implements SignedText {
  private final byte[] content;
  private final byte[] signature;

  /**
   * Puts the two together.
   *
   * @param content the text's bytes, all of which are signed
   * @param signature armored
   */
  DetachedText(byte[] content, byte[] signature) {
    this.content = content.clone();
    this.signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public Optional<byte[]> covered(int type) {
    return switch (type) {
      case PGPSignature.BINARY_DOCUMENT -> Optional.of(content.clone());
      case PGPSignature.CANONICAL_TEXT_DOCUMENT -> Optional.of(withLinesAsInMail());
      default -> Optional.empty();
    };
  }

  /** RFC 9580 §5.2.1.2: lines end with a carriage return and a line feed. */
  private byte[] withLinesAsInMail() {
    return new String(content, StandardCharsets.ISO_8859_1)
        .replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
