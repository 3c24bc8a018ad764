package dev.kiln.bootserver.boot;

import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes image directories as the builder does, with random bytes where a kernel would be. */
public final class ImageFixture {
  private ImageFixture() {}

  /** An image whose layer has {@code layerSize} bytes; the same seed makes the same image. */
  public static Digest write(Path directory, long seed, int layerSize) throws IOException {
    return write(directory, seed, layerSize, "amd64");
  }

  /** The same, for machines of another architecture. */
  public static Digest write(Path directory, long seed, int layerSize, String architecture)
      throws IOException {
    Files.createDirectories(directory);
    Random random = new Random(seed);
    ImageFile kernel = file(directory, "vmlinuz", bytes(random, 5_000));
    ImageFile initrd = file(directory, "initrd", bytes(random, 9_000));
    Layer layer =
        new Layer(
            "os",
            file(directory, "os.squashfs", bytes(random, layerSize)),
            new Layer.Verity(Digest.of("root"), 4096));
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            architecture,
            "6.1.0-test",
            List.of("console=tty0", "console=ttyS0,115200"),
            kernel,
            initrd,
            file(directory, BootManifest.FILE, BootManifest.write(List.of(layer))),
            List.of(layer));
    byte[] content = Json.write(manifest);
    Files.write(directory.resolve(Manifest.FILE), content);
    return Digest.of(content);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static ImageFile file(Path directory, String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
    return new ImageFile(name, content.length, Digest.of(content));
  }
}
