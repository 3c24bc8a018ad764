package dev.kiln.builder.sign;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;

/** Signs an image: writes {@code manifest.sig} beside its manifest. */
public final class ImageSigner {
  private ImageSigner() {}

  /** Replaces the signature the image may have had. */
  public static ManifestSignature sign(ImageDirectory image, SigningKey key) {
    Path file = image.path().resolve(ManifestSignature.FILE);
    try {
      byte[] manifest = BoundedFile.read(image.path().resolve(Manifest.FILE), Manifest.MAX_SIZE);
      if (!Digest.of(manifest).equals(image.id())) {
        throw KilnException.input(
            "the manifest of " + image.path() + " was changed while it was being signed",
            "Check who writes there, then sign again");
      }
      ManifestSignature signature = ManifestSignature.of(manifest, key);
      AtomicFile.write(file, Json.write(signature));
      return signature;
    } catch (IOException e) {
      throw KilnException.io("write " + file, e);
    }
  }
}
