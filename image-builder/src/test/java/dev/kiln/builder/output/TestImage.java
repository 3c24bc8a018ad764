package dev.kiln.builder.output;

import dev.kiln.builder.describe.DescribeImage;
import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.Origin;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.lock.SampleLock;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.lock.LockedPin;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Manifest;
import dev.kiln.profile.ZoneName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A small image, written by the code that writes every image. */
public final class TestImage {
  public static final Lock LOCK = lock("debian12", "v1.36.4");

  private TestImage() {}

  /** The lock of a profile with one package, and a pin of this version. */
  public static Lock lock(String profile, String version) {
    return SampleLock.of(
        profile,
        Digest.of("a profile"),
        List.of(SampleLock.binary("bash", "5.2", "amd64", new byte[] {2})),
        List.of(
            new LockedPin(
                "kubelet", version, Digest.of("3"), List.of(URI.create("https://dl.k8s.io/k")))),
        List.of());
  }

  /** Writes it anew, unsigned. */
  public static ImageDirectory write(Path directory) throws IOException {
    remove(directory);
    return bake(directory, LOCK, Optional.empty());
  }

  /**
   * Writes it as a bake does, or finds it there. Its content is always the same, its parts are
   * gone.
   */
  public static ImageDirectory bake(Path directory, Lock lock, Optional<SigningKey> key)
      throws IOException {
    Path parts = directory.resolveSibling("parts");
    try {
      BakedImage baked = TestParts.write(parts, lock.toString());
      Netboot netboot = Netboot.of(baked);
      return new WriteImage(directory, key, KnownFamilies.ALL)
          .write(List.of(netboot), describe(baked, lock));
    } finally {
      remove(parts);
    }
  }

  /** Its documents, as a bake writes them. */
  public static Description describe(BakedImage baked, Lock lock) {
    return DescribeImage.describe(
        baked.manifest(),
        new Origin(
            lock,
            ZoneName.DEFAULT,
            Map.of("verity", 1, "squashfs", 2),
            baked.initrdKey(),
            baked.layerKeys(),
            Map.of()),
        KnownFamilies.ALL);
  }

  /** Writes the manifest anew, as an attacker would who can write files but not sign. */
  public static ImageDirectory rewrite(ImageDirectory image, Manifest manifest) throws IOException {
    Files.write(image.path().resolve(Manifest.FILE), Json.write(manifest));
    return ImageDirectory.read(image.path());
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
