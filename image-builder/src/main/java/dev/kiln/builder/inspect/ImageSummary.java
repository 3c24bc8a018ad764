package dev.kiln.builder.inspect;

import dev.kiln.builder.sign.ManifestSignature;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code builder inspect} tells of an image; with {@code --json}, in this form, which stays.
 *
 * @param id digest of the manifest
 * @param kernel its release
 * @param size bytes of everything a machine fetches
 * @param packages how many the lock names for the {@code os} layer
 * @param pins upstream and built binaries
 * @param signedBy the key that the signature names, which nobody has checked here; null where there
 *     is no signature
 */
record ImageSummary(
    Digest id,
    String profile,
    String architecture,
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
  record LayerSummary(String name, String file, long size, Digest rootHash) {
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
  record PinSummary(String name, String version, boolean built) {}

  /** Reads the manifest, the lock and the signature; not the layers. */
  static ImageSummary of(ImageDirectory image) {
    Manifest manifest = image.manifest();
    Lock lock = lockOf(image);
    return new ImageSummary(
        image.id(),
        manifest.profile(),
        manifest.architecture(),
        manifest.kernelRelease(),
        manifest.kernelArguments(),
        manifest.files().stream().mapToLong(ImageFile::size).sum(),
        manifest.layers().stream().map(LayerSummary::of).toList(),
        lock.packages().size(),
        Stream.concat(
                lock.pins().stream().map(pin -> new PinSummary(pin.name(), pin.version(), false)),
                lock.builds().stream().map(pin -> new PinSummary(pin.name(), pin.version(), true)))
            .toList(),
        ManifestSignature.readFrom(image.path()).map(ManifestSignature::keyId).orElse(null));
  }

  private static Lock lockOf(ImageDirectory image) {
    Path file = image.path().resolve(Lock.FILE);
    byte[] content = BoundedFile.read(file, Lock.MAX_SIZE);
    if (!Digest.of(content).equals(image.manifest().lock())) {
      throw KilnException.input(
          file + " is not the lock this image was made from", "Copy or bake the image again");
    }
    return Json.read(file.toString(), content, Lock.class);
  }
}
