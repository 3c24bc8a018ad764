package dev.kiln.builder.describe;

import dev.kiln.file.Digest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** An image's documents, not yet written anywhere. */
public record Description(Map<ImageDocument, byte[]> documents) {
  public Description {
    if (documents.size() != ImageDocument.values().length) {
      throw new IllegalArgumentException("an image has every document, not " + documents.keySet());
    }
    documents = Collections.unmodifiableMap(new EnumMap<>(documents));
  }

  /** The image's id: the digest of its manifest. */
  public Digest id() {
    return Digest.of(content(ImageDocument.MANIFEST));
  }

  byte[] content(ImageDocument document) {
    byte[] content = documents.get(document);
    if (content == null) {
      throw new IllegalStateException("the constructor saw every document");
    }
    return content.clone();
  }
}
