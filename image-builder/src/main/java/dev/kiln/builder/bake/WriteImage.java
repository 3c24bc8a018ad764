package dev.kiln.builder.bake;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.builder.layer.PackedLayer;
import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.builder.sign.ImageSigner;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Writes the finished parts as an image directory: files, manifest, and what names the manifest's
 * digest (SBOM, signature). One rename makes the image exist.
 */
final class WriteImage {
  private final BakeRequest request;
  private final Lock lock;

  WriteImage(BakeRequest request, Lock lock) {
    this.request = request;
    this.lock = lock;
  }

  /** Writes it; layers stand lowest first. */
  ImageDirectory write(OsLayer.Made os, CachedFile initrd, List<PackedLayer> layers) {
    byte[] lockBytes = Json.write(lock);
    byte[] bootManifest = BootManifest.write(layers.stream().map(PackedLayer::layer).toList());
    Manifest manifest = describe(os, initrd, layers, Digest.of(lockBytes), bootManifest);
    byte[] manifestBytes = Json.write(manifest);
    Digest id = Digest.of(manifestBytes);
    try (OutputDirectory output = OutputDirectory.open(place(id))) {
      Path directory = output.path();
      copy(os.kernel(), directory.resolve(manifest.kernel().name()));
      copy(initrd, directory.resolve(manifest.initrd().name()));
      for (PackedLayer layer : layers) {
        copy(layer.file(), directory.resolve(layer.layer().file().name()));
      }
      AtomicFile.write(directory.resolve(BootManifest.FILE), bootManifest);
      AtomicFile.write(directory.resolve(Lock.FILE), lockBytes);
      AtomicFile.write(directory.resolve(Manifest.FILE), manifestBytes);
      AtomicFile.write(directory.resolve(CycloneDx.FILE), CycloneDx.write(id, lock));
      request.signingKey().ifPresent(key -> ImageSigner.sign(ImageDirectory.read(directory), key));
      return output.publish();
    } catch (IOException e) {
      throw KilnException.io("write the image", e);
    }
  }

  private Manifest describe(
      OsLayer.Made os,
      CachedFile initrd,
      List<PackedLayer> layers,
      Digest lockDigest,
      byte[] bootManifest) {
    List<Layer> described = layers.stream().map(PackedLayer::layer).toList();
    return new Manifest(
        Manifest.VERSION,
        lock.profile(),
        lock.architecture(),
        lockDigest,
        os.described().release(),
        List.copyOf(request.profile().node().kernelArguments().keySet()),
        describe("vmlinuz", os.kernel()),
        describe("initrd", initrd),
        new ImageFile(BootManifest.FILE, bootManifest.length, Digest.of(bootManifest)),
        described);
  }

  private static ImageFile describe(String name, CachedFile file) {
    return new ImageFile(name, file.size(), file.digest());
  }

  private Path place(Digest id) {
    return request
        .output()
        .orElseGet(() -> Path.of("images", lock.profile() + "-" + id.hex().substring(0, 12)));
  }

  /**
   * A copy of its own, forced to disk: an image never shares its bytes with the cache. They are the
   * recorded ones, which the manifest names, or the bake starts anew.
   */
  private static void copy(CachedFile from, Path to) throws IOException {
    from.copyTo(to, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
