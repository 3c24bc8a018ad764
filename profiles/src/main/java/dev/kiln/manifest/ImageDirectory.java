package dev.kiln.manifest;

import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An image where it lies: the directory and its manifest.
 *
 * @param id digest of the manifest's bytes
 */
public record ImageDirectory(Path path, Digest id, Manifest manifest) {
  /** Reads the manifest, not the files it speaks of. */
  public static ImageDirectory read(Path path) {
    Path file = path.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw KilnException.input(
          path + " is not an image: it has no " + Manifest.FILE,
          "Name a directory that 'builder bake' wrote");
    }
    byte[] content = BoundedFile.read(file, Manifest.MAX_SIZE);
    return new ImageDirectory(
        path,
        Digest.of(content),
        Json.read(file.toString(), content, Manifest.class, Manifest.VERSION));
  }

  public Path file(ImageFile file) {
    return path.resolve(file.name());
  }

  /**
   * Reads every file, several at a time, and compares size and digest; empty where all is as the
   * manifest says.
   */
  public List<Problem> check() {
    return manifest.files().parallelStream().flatMap(file -> file.defectIn(path).stream()).toList();
  }
}
