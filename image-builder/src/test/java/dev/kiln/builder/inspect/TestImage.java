package dev.kiln.builder.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedPin;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Writes a small image whose layers are random bytes with a hash tree made here, by hand. */
final class TestImage {
  static final Lock LOCK =
      SampleLock.of(
          List.of(SampleLock.binary("bash", "5.2", "amd64", new byte[] {2})),
          List.of(
              new LockedPin(
                  "kubelet",
                  "v1.36.4",
                  Digest.of("3"),
                  List.of(URI.create("https://dl.k8s.io/kubelet")))),
          List.of());

  private static final int BLOCK = 4096;

  private TestImage() {}

  static ImageDirectory write(Path directory) throws IOException {
    return write(directory, LOCK);
  }

  static ImageDirectory write(Path directory, Lock lock) throws IOException {
    Files.createDirectories(directory);
    byte[] locked = Json.write(lock);
    List<Layer> layers = List.of(layer(directory, "os", 100), layer(directory, "config", 1));
    byte[] manifest =
        Json.write(
            new Manifest(
                1,
                "debian12",
                "amd64",
                Digest.of(locked),
                "6.1.0-50-amd64",
                List.of("console=ttyS0", "quiet"),
                file(directory, "vmlinuz", "a kernel".getBytes(UTF_8)),
                file(directory, "initrd", "an initrd".getBytes(UTF_8)),
                file(directory, BootManifest.FILE, BootManifest.write(layers)),
                layers));
    file(directory, Lock.FILE, locked);
    file(directory, CycloneDx.FILE, CycloneDx.write(Digest.of(manifest), lock));
    file(directory, Manifest.FILE, manifest);
    return ImageDirectory.read(directory);
  }

  /** Writes the manifest anew, as an attacker would who can write files but not sign. */
  static ImageDirectory rewrite(ImageDirectory image, Manifest manifest) throws IOException {
    file(image.path(), Manifest.FILE, Json.write(manifest));
    return ImageDirectory.read(image.path());
  }

  static ImageFile file(Path directory, String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
    return new ImageFile(name, content.length, Digest.of(content));
  }

  /** A layer of 1 to 128 blocks, whose tree has one level (or, for one block, none). */
  private static Layer layer(Path directory, String name, int blocks) throws IOException {
    byte[] salt = {1, 2, 3};
    byte[] data = new byte[blocks * BLOCK];
    new Random(blocks).nextBytes(data);
    byte[] level = new byte[blocks == 1 ? 0 : BLOCK];
    byte[] root = sha256(salt, data, 0);
    if (blocks > 1) {
      for (int i = 0; i < blocks; i++) {
        System.arraycopy(sha256(salt, data, i * BLOCK), 0, level, i * 32, 32);
      }
      root = sha256(salt, level, 0);
    }
    ByteBuffer content =
        ByteBuffer.allocate(data.length + BLOCK + level.length).order(ByteOrder.LITTLE_ENDIAN);
    content.put(data).put("verity\0\0".getBytes(UTF_8)).putInt(1).putInt(1).put(new byte[16]);
    content.put("sha256".getBytes(UTF_8)).put(new byte[26]).putInt(BLOCK).putInt(BLOCK);
    content.putLong(blocks).putShort((short) salt.length).put(new byte[6]).put(salt);
    content.position(data.length + BLOCK).put(level);
    return new Layer(
        name,
        Digest.of(name),
        file(directory, name + ".squashfs", content.array()),
        new Layer.Verity(new Digest(HexFormat.of().formatHex(root)), data.length));
  }

  private static byte[] sha256(byte[] salt, byte[] from, int offset) {
    MessageDigest digest = Digest.newMessageDigest();
    digest.update(salt);
    digest.update(from, offset, BLOCK);
    return digest.digest();
  }
}
