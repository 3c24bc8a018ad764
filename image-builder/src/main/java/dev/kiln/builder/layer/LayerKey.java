package dev.kiln.builder.layer;

import dev.kiln.file.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The identity of something a bake makes: a digest over everything its bytes depend on. Two bakes
 * with equal keys may share the result.
 */
public final class LayerKey {
  private final MessageDigest digest = Digest.newMessageDigest();

  /** Starts a key; {@code kind} holds the format's version, so that a better program makes anew. */
  public LayerKey(String kind) {
    add("kind", kind);
  }

  /** Adds one input. Lengths are hashed too, so no two lists of inputs can look the same. */
  public LayerKey add(String name, String value) {
    for (String text : new String[] {name, value}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return this;
  }

  public LayerKey add(String name, Digest value) {
    return add(name, value.toString());
  }

  public Digest digest() {
    return Digest.finish(digest);
  }
}
