package dev.kiln.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.document.Json;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDirectoryTest {
  private static final int LAYERS = 20;

  @TempDir private Path directory;

  @Test
  void findsNothingWrongWithAnImageThatIsWhole() throws IOException {
    assertThat(write().check()).isEmpty();
  }

  @Test
  void namesEveryBrokenFileInTheOrderOfTheManifest() throws IOException {
    ImageDirectory image = write();
    Files.delete(directory.resolve("vmlinuz"));
    Files.writeString(directory.resolve("initrd"), "short");
    Files.write(directory.resolve("layer-7.squashfs"), new byte[8192]);
    Path linked = Files.move(directory.resolve("layer-9.squashfs"), directory.resolve("elsewhere"));
    Files.createSymbolicLink(directory.resolve("layer-9.squashfs"), linked);

    assertThat(image.check())
        .extracting(Problem::what)
        .containsExactly(
            directory + "/vmlinuz is missing",
            directory + "/initrd has 5 bytes, not 8192",
            directory
                + "/layer-7.squashfs was changed: its SHA-256 is not "
                + Digest.of(content("layer-7.squashfs")).hex(),
            directory + "/layer-9.squashfs is missing");
  }

  @Test
  void namesTheFormatOfAnOlderImage() throws IOException {
    Path manifest = directory.resolve(Manifest.FILE);
    Files.writeString(manifest, "{\"version\":1,\"profile\":\"debian12\"}");

    assertThatThrownBy(() -> ImageDirectory.read(directory))
        .hasMessage(
            manifest
                + " has format 1; this program reads format 2. Make it again with this program, or"
                + " use the one that wrote it.");
  }

  @Test
  void saysWhatIsWrongWithAManifestThatHasNoFormat() throws IOException {
    for (String wrong : new String[] {"", "{", "[]", "{\"version\":\"2\"", "{\"profile\":1}"}) {
      Files.writeString(directory.resolve(Manifest.FILE), wrong);

      assertThatThrownBy(() -> ImageDirectory.read(directory))
          .as(wrong)
          .hasMessageContaining("manifest.json is not a manifest that Kiln wrote");
    }
  }

  @Test
  void refusesAnArchitectureThatWritesOnTheTerminal() throws IOException {
    Path manifest = write().path().resolve(Manifest.FILE);
    Files.writeString(manifest, Files.readString(manifest).replace("amd64", "\\u001b[2Jamd64"));

    assertThatThrownBy(() -> ImageDirectory.read(directory))
        .hasMessageContaining("its architecture is not one word");
  }

  @Test
  void tellsTheImagesOwnPartOfTheCommandLine() throws IOException {
    Manifest manifest = write().manifest();

    assertThat(manifest.commandLine())
        .containsExactly(
            "kiln.digest=" + Digest.of(directory.resolve(BootManifest.FILE)),
            "console=ttyS0",
            "quiet");
  }

  private ImageDirectory write() throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      layers.add(
          new Layer(
              "layer-" + i,
              file("layer-" + i + ".squashfs"),
              new Layer.Verity(Digest.of("root"), 4096)));
    }
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            "amd64",
            "6.1",
            List.of("console=ttyS0", "quiet"),
            file("vmlinuz"),
            file("initrd"),
            file(BootManifest.FILE),
            layers);
    Files.write(directory.resolve(Manifest.FILE), Json.write(manifest));
    return ImageDirectory.read(directory);
  }

  private ImageFile file(String name) throws IOException {
    byte[] content = content(name);
    Files.write(directory.resolve(name), content);
    return new ImageFile(name, content.length, Digest.of(content));
  }

  private static byte[] content(String name) {
    return name.repeat(8192).substring(0, 8192).getBytes(UTF_8);
  }
}
