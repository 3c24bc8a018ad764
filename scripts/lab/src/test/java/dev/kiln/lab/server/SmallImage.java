package dev.kiln.lab.server;

import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** An image directory that a boot server takes, and that no machine is booted with. */
public final class SmallImage {
  private SmallImage() {}

  /** Returns the directory. */
  public static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Digest some = Digest.of("root");
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            "amd64",
            "6.1.0",
            List.of(),
            file(directory, "vmlinuz"),
            file(directory, "initrd"),
            file(directory, "boot.manifest"),
            List.of(new Layer("os", file(directory, "os.layer"), new Layer.Verity(some, 4096))));
    Files.write(directory.resolve(Manifest.FILE), Json.write(manifest));
    return directory;
  }

  private static ImageFile file(Path directory, String name) throws IOException {
    byte[] content = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 8192);
    Files.write(directory.resolve(name), content);
    return new ImageFile(name, content.length, Digest.of(content));
  }
}
