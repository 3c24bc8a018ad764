package dev.kiln.lab.system;

import dev.kiln.document.Json;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An image one byte of whose lowest layer was changed, and no size or digest with it. Only its
 * kernel has one argument more, so that it has an id of its own: the boot server serves one
 * directory for each id.
 */
final class TamperedImage {
  private static final long WHERE = 1 << 20;

  private TamperedImage() {}

  static Path copyOf(Path image, Path target) {
    try {
      Files.createDirectories(target);
      ImageDirectory whole = ImageDirectory.read(image);
      for (ImageFile file : whole.manifest().files()) {
        copy(whole.file(file), target.resolve(file.name()));
      }
      Files.write(target.resolve(Manifest.FILE), Json.write(withOneArgumentMore(whole.manifest())));
      changeOneByte(target.resolve(whole.manifest().layers().get(0).file().name()));
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest withOneArgumentMore(Manifest manifest) {
    List<String> arguments = new ArrayList<>(manifest.kernelArguments());
    arguments.add("kiln.tampered");
    return new Manifest(
        manifest.version(),
        manifest.architecture(),
        manifest.kernelRelease(),
        arguments,
        manifest.kernel(),
        manifest.initrd(),
        manifest.bootManifest(),
        manifest.layers());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.copy(from, to);
  }

  private static void changeOneByte(Path layer) throws IOException {
    try (FileChannel file =
        FileChannel.open(layer, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, WHERE);
      byte changed = (byte) (one.get(0) ^ 1);
      file.write(ByteBuffer.wrap(new byte[] {changed}), WHERE);
    }
  }
}
