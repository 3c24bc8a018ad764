package dev.kiln.builder.inspect;

import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.describe.Provenance;
import dev.kiln.builder.sign.ImageSignature;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code builder inspect} tells of an image; with {@code --json}, in this form, which stays.
 *
 * @param id digest of the manifest
 * @param profile that was baked, for a zone, from a lock
 * @param builder the version of the program that made it
 * @param kernel its release
 * @param size bytes of everything a machine fetches
 * @param packages how many the lock names for the {@code os} layer
 * @param pins upstream and built binaries
 * @param signedBy the key that the signature names, which nobody has checked here; null where there
 *     is no signature
 */
public record ImageSummary(
    Digest id,
    String profile,
    String zone,
    String architecture,
    Digest lock,
    String builder,
    String kernel,
    List<String> kernelArguments,
    long size,
    List<LayerSummary> layers,
    int packages,
    List<PinSummary> pins,
    @Nullable Digest signedBy) {

  /**
   * One layer, lowest first.
   *
   * @param size bytes, its hash tree included
   */
  public record LayerSummary(String name, String file, long size, Digest rootHash) {
    static LayerSummary of(Layer layer) {
      return new LayerSummary(
          layer.name(), layer.file().name(), layer.file().size(), layer.verity().rootHash());
    }
  }

  /**
   * One pin.
   *
   * @param built true where it was built from a source package
   */
  public record PinSummary(String name, String version, boolean built) {}

  /** Reads the documents and the signature; not the layers. */
  public static ImageSummary of(ImageDirectory image) {
    Manifest manifest = image.manifest();
    Provenance provenance = Provenance.read(image);
    Lock lock = lockOf(image, provenance);
    return new ImageSummary(
        image.id(),
        provenance.parameters().profile(),
        provenance.parameters().zone(),
        manifest.architecture(),
        provenance.lock(),
        provenance.builderVersion(),
        manifest.kernelRelease(),
        manifest.kernelArguments(),
        manifest.files().stream().mapToLong(ImageFile::size).sum(),
        manifest.layers().stream().map(LayerSummary::of).toList(),
        lock.packages().size(),
        Stream.concat(
                lock.pins().stream().map(pin -> new PinSummary(pin.name(), pin.version(), false)),
                lock.builds().stream().map(pin -> new PinSummary(pin.name(), pin.version(), true)))
            .toList(),
        ImageSignature.readFrom(image.path()).map(ImageSignature::keyId).orElse(null));
  }

  private static Lock lockOf(ImageDirectory image, Provenance provenance) {
    byte[] content = ImageDocument.LOCK.read(image.path());
    String name = image.path().resolve(Lock.FILE).toString();
    if (!Digest.of(content).equals(provenance.lock())) {
      throw KilnException.input(
          name + " is not the lock this image was made from", "Copy or bake the image again");
    }
    return Json.read(name, content, Lock.class);
  }
}
