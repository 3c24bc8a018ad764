package dev.kiln.builder.describe;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.document.Json;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.util.List;
import java.util.Optional;

/** Compares the documents that lie in an image directory with each other. */
public final class CheckDescription {
  private static final String MEND = "Copy or bake the image again";

  private final ImageDirectory image;
  private final Families families;
  private final Findings found = new Findings();

  private CheckDescription(ImageDirectory image, Families families) {
    this.image = image;
    this.families = families;
  }

  /** Reads them all; empty where each says what the others say. */
  public static List<Problem> check(ImageDirectory image, Families families) {
    CheckDescription check = new CheckDescription(image, families);
    check.run();
    return check.found.problems();
  }

  private void run() {
    Optional<Provenance> provenance = found.attempt(() -> Provenance.read(image));
    Optional<byte[]> lock = found.attempt(() -> ImageDocument.LOCK.read(image.path()));
    Optional<byte[]> sbom = found.attempt(() -> ImageDocument.SBOM.read(image.path()));
    provenance.ifPresent(this::checkSubject);
    if (lock.isPresent() && provenance.isPresent()) {
      checkLock(lock.get(), provenance.get(), sbom);
    }
  }

  private void checkSubject(Provenance provenance) {
    if (!provenance.image().equals(image.id())) {
      add(ImageDocument.PROVENANCE, "is that of another image, " + provenance.image());
      return;
    }
    boolean same = isNamed(image.manifest().initrd(), provenance);
    for (Layer layer : image.manifest().layers()) {
      same &= isNamed(layer.file(), provenance);
    }
    if (!same) {
      add(ImageDocument.PROVENANCE, "names another initrd or other layers than the manifest");
    }
  }

  private static boolean isNamed(ImageFile file, Provenance provenance) {
    return provenance.digestOf(file.name()).filter(file.digest()::equals).isPresent();
  }

  private void checkLock(byte[] content, Provenance provenance, Optional<byte[]> sbom) {
    if (!Digest.of(content).equals(provenance.lock())) {
      add(ImageDocument.LOCK, "is not the lock this image was made from");
      return;
    }
    String name = image.path().resolve(Lock.FILE).toString();
    Optional<Lock> lock = found.attempt(() -> Json.read(name, content, Lock.class));
    if (lock.isPresent()) {
      checkParameters(lock.get(), provenance.parameters());
      sbom.ifPresent(bom -> checkSbom(bom, lock.get(), provenance));
    }
  }

  private void checkParameters(Lock lock, Provenance.Parameters parameters) {
    if (!parameters.profile().equals(lock.profile())
        || !parameters.profileDigest().equals(lock.profileDigest())
        || !parameters.architecture().equals(lock.architecture())) {
      add(ImageDocument.PROVENANCE, "names another profile or architecture than the lock");
    }
  }

  private void checkSbom(byte[] content, Lock lock, Provenance provenance) {
    if (!found
        .attempt(() -> CycloneDx.describes(content, image.id(), lock, families))
        .orElse(true)) {
      add(ImageDocument.SBOM, "names other parts than the lock, or another image");
    } else if (!provenance
        .digestOf(ImageDocument.SBOM.file())
        .filter(Digest.of(content)::equals)
        .isPresent()) {
      add(ImageDocument.SBOM, "is not the one that " + Provenance.FILE + " names");
    }
  }

  private void add(ImageDocument document, String what) {
    found.add(image.path().resolve(document.file()) + " " + what, MEND);
  }
}
