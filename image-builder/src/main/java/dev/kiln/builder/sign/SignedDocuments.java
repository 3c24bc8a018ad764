package dev.kiln.builder.sign;

import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a signature is over: the line {@code kiln-image-2}, and for each document of the image the
 * line that {@code sha256sum} prints of it. Through the manifest it covers every file.
 */
public record SignedDocuments(Map<ImageDocument, Digest> digests) {
  /** What the same key signs for another purpose never passes for this, nor the other way round. */
  private static final String FIRST_LINE = "kiln-image-2\n";

  public SignedDocuments {
    digests = Collections.unmodifiableMap(new EnumMap<>(digests));
    if (digests.size() != ImageDocument.values().length) {
      throw new IllegalArgumentException("a signature is over every document of an image");
    }
  }

  /** Reads the documents of an image, each of which must be there. */
  static SignedDocuments of(ImageDirectory image) {
    Map<ImageDocument, Digest> digests = new EnumMap<>(ImageDocument.class);
    for (ImageDocument document : ImageDocument.values()) {
      digests.put(document, Digest.of(document.read(image.path())));
    }
    if (!image.id().equals(digests.get(ImageDocument.MANIFEST))) {
      throw KilnException.input(
          "the manifest of " + image.path() + " was changed while it was being read",
          "Check who writes there, then try again");
    }
    return new SignedDocuments(digests);
  }

  byte[] message() {
    StringBuilder lines = new StringBuilder(FIRST_LINE);
    digests.forEach(
        (document, digest) ->
            lines.append(digest.hex()).append("  ").append(document.file()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
