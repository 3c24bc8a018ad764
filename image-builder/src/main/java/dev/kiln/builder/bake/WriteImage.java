package dev.kiln.builder.bake;

import dev.kiln.builder.kernel.KernelFiles;
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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Writes the finished parts as an image directory: files, manifest, and what names the manifest's
 * digest (SBOM, signature). One rename makes the image exist.
 */
final class WriteImage {
  private final BakeRequest request;

  WriteImage(BakeRequest request) {
    this.request = request;
  }

  /** Writes it; layers stand lowest first. */
  ImageDirectory write(KernelFiles kernel, Path initrd, List<PackedLayer> layers) {
    byte[] lock = Json.write(request.lock());
    byte[] bootManifest = BootManifest.write(layers.stream().map(PackedLayer::layer).toList());
    Manifest manifest = describe(kernel, initrd, layers, Digest.of(lock), bootManifest);
    byte[] manifestBytes = Json.write(manifest);
    Digest id = Digest.of(manifestBytes);
    try (OutputDirectory output = OutputDirectory.open(place(id))) {
      Path directory = output.path();
      copy(kernel.kernel(), directory.resolve(manifest.kernel().name()));
      copy(initrd, directory.resolve(manifest.initrd().name()));
      for (PackedLayer layer : layers) {
        copy(layer.file(), directory.resolve(layer.layer().file().name()));
      }
      AtomicFile.write(directory.resolve(BootManifest.FILE), bootManifest);
      AtomicFile.write(directory.resolve(Lock.FILE), lock);
      AtomicFile.write(directory.resolve(Manifest.FILE), manifestBytes);
      AtomicFile.write(directory.resolve(CycloneDx.FILE), CycloneDx.write(id, request.lock()));
      request.signingKey().ifPresent(key -> ImageSigner.sign(ImageDirectory.read(directory), key));
      return output.publish();
    } catch (IOException e) {
      throw KilnException.io("write the image", e);
    }
  }

  private Manifest describe(
      KernelFiles kernel, Path initrd, List<PackedLayer> layers, Digest lock, byte[] bootManifest) {
    try {
      List<Layer> described = layers.stream().map(PackedLayer::layer).toList();
      Lock from = request.lock();
      return new Manifest(
          Manifest.VERSION,
          from.profile(),
          from.architecture(),
          lock,
          kernel.release(),
          List.copyOf(request.profile().node().kernelArguments().keySet()),
          describe("vmlinuz", kernel.kernel()),
          describe("initrd", initrd),
          new ImageFile(BootManifest.FILE, bootManifest.length, Digest.of(bootManifest)),
          described);
    } catch (IOException e) {
      throw KilnException.io("read the parts of the image", e);
    }
  }

  private static ImageFile describe(String name, Path file) throws IOException {
    return new ImageFile(name, Files.size(file), Digest.of(file));
  }

  private Path place(Digest id) {
    return request
        .output()
        .orElseGet(
            () -> Path.of("images", request.lock().profile() + "-" + id.hex().substring(0, 12)));
  }

  /** A copy of its own, forced to disk: an image never shares its bytes with the cache. */
  private static void copy(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
      out.force(true);
    }
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
