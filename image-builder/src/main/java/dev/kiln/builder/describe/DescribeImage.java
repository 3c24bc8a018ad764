package dev.kiln.builder.describe;

import dev.kiln.builder.distro.Families;
import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.manifest.Manifest;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes an image's documents. They hold no time, no place and no random number: the same image
 * from the same origin, described by the same program, is always the same bytes.
 */
public final class DescribeImage {
  private DescribeImage() {}

  /** Makes them all; where the image came from changes every one but the manifest. */
  public static Description describe(Manifest manifest, Origin origin, Families families) {
    byte[] made = Json.write(manifest);
    Digest id = Digest.of(made);
    byte[] lock = Json.write(origin.lock());
    byte[] sbom = CycloneDx.write(id, origin.lock(), families, origin.programs());
    Provenance provenance = Provenance.of(id, manifest, origin, Digest.of(lock), Digest.of(sbom));
    Map<ImageDocument, byte[]> documents = new EnumMap<>(ImageDocument.class);
    documents.put(ImageDocument.MANIFEST, made);
    documents.put(ImageDocument.PROVENANCE, Json.write(provenance));
    documents.put(ImageDocument.LOCK, lock);
    documents.put(ImageDocument.SBOM, sbom);
    return new Description(documents);
  }
}
