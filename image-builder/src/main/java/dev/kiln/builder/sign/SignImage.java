package dev.kiln.builder.sign;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** Signs an image: writes {@code manifest.sig} beside its documents. */
public final class SignImage {
  private SignImage() {}

  /** Signs what lies there now, and replaces the signature the image may have had. */
  public static ImageSignature sign(ImageDirectory image, SigningKey key) {
    Path file = image.path().resolve(ImageSignature.FILE);
    ImageSignature signature = ImageSignature.of(SignedDocuments.of(image), key);
    try {
      AtomicFile.write(file, Json.write(signature));
      return signature;
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }
}
