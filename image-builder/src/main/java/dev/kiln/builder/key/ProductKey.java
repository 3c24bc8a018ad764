package dev.kiln.builder.key;

import dev.kiln.file.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The identity of something a bake makes: a digest over everything its bytes depend on. Two bakes
 * with equal keys may share the result; no byte of the result depends on the key.
 */
public final class ProductKey {
  private final MessageDigest digest = Digest.newMessageDigest();

  /** Starts the key of a product, with the parts of Kiln that shape it. */
  public ProductKey(Product product) {
    this(product.word());
    product
        .formats()
        .forEach(format -> add("format " + format.word(), Integer.toString(format.number())));
  }

  /**
   * Starts a digest of something that no part of Kiln shapes.
   *
   * @param kind what sort of thing it is
   */
  public ProductKey(String kind) {
    add("kind", kind);
  }

  /** Adds one input. Lengths are hashed too, so no two lists of inputs can look the same. */
  public ProductKey add(String name, String value) {
    for (String text : new String[] {name, value}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return this;
  }

  public ProductKey add(String name, Digest value) {
    return add(name, value.toString());
  }

  public Digest digest() {
    return Digest.finish(digest);
  }
}
