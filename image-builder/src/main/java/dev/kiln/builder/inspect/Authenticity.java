package dev.kiln.builder.inspect;

import dev.kiln.file.Digest;
import java.util.Optional;

/** What is known of who made an image that is whole. */
public sealed interface Authenticity {
  /** The key that was given signed it. */
  record SignedBy(Digest keyId) implements Authenticity {}

  /**
   * No key was given, so anybody may have made it.
   *
   * @param claimed the key that its signature names, where it has one
   */
  record NotChecked(Optional<Digest> claimed) implements Authenticity {}
}
