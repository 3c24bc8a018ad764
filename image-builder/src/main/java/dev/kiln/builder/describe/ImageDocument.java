package dev.kiln.builder.describe;

import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The documents of an image directory, in the order in which a signature names them. */
public enum ImageDocument {
  /** What was made; its digest is the image's id. */
  MANIFEST(Manifest.FILE, Manifest.MAX_SIZE),
  /** How it was made. */
  PROVENANCE(Provenance.FILE, Provenance.MAX_SIZE),
  /** What it was made from. */
  LOCK(Lock.FILE, Lock.MAX_SIZE),
  /** Its parts, for whoever looks for vulnerable ones. */
  SBOM(CycloneDx.FILE, CycloneDx.MAX_SIZE);

  private final String file;
  private final int mostBytes;

  ImageDocument(String file, int mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** Its name in an image directory. */
  public String file() {
    return file;
  }

  /**
   * Reads it where it lies; no link is followed.
   *
   * @throws KilnException where it is missing, or larger than such a document may be
   */
  public byte[] read(Path imageDirectory) {
    Path path = imageDirectory.resolve(file);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw KilnException.input(path + " is missing", "Copy or bake the image again");
    }
    return BoundedFile.read(path, mostBytes);
  }
}
