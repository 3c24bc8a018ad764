package dev.kiln.builder.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.document.Json;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDirectoryTest {
  @TempDir private Path directory;

  @Test
  void givesAnImageItsNameOnlyWhenItIsComplete() throws IOException {
    Path place = directory.resolve("image");
    try (OutputDirectory output = OutputDirectory.open(place)) {
      assertThat(place).doesNotExist();
      writeManifest(output.path());

      ImageDirectory image = output.publish();

      assertThat(image.path()).isEqualTo(place);
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingBehindWhenABakeFails() throws IOException {
    try (OutputDirectory output = OutputDirectory.open(directory.resolve("image"))) {
      Files.writeString(output.path().resolve("half"), "made");
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void clearsWhatAKilledBakeLeft() throws IOException {
    Path image = Files.createDirectories(directory.resolve(".image.part/image"));
    Files.writeString(image.resolve("half"), "made");
    Files.createFile(image.resolveSibling("lock"));

    try (OutputDirectory output = OutputDirectory.open(directory.resolve("image"))) {
      assertThat(output.path().resolve("half")).doesNotExist();
    }
  }

  @Test
  void removesWhatAKilledBakeLeftBesideThePlaceButNotWhatABakeIsWriting() throws IOException {
    Path left = Files.createDirectories(directory.resolve(".image.part/image"));
    Files.writeString(left.resolve("os.squashfs"), "half");
    Files.createFile(left.resolveSibling("lock"));

    OutputDirectory.removeLeft(Optional.of(directory.resolve("image")), "small");
    assertThat(directory).isEmptyDirectory();

    try (OutputDirectory output = OutputDirectory.open(directory.resolve("image"))) {
      OutputDirectory.removeLeft(Optional.of(directory.resolve("image")), "small");
      assertThat(output.path()).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"thesis.txt", "image/thesis.txt", "image/chapters/1.txt", "lock/key"})
  void removesNothingThatNoBakePutBesideThePlace(String name) throws IOException {
    Path foreign = directory.resolve(".image.part").resolve(name);
    Files.createDirectories(foreign.resolveSibling(""));
    Files.writeString(foreign, "years of work");
    Path place = directory.resolve("image");

    OutputDirectory.removeLeft(Optional.of(place), "small");
    assertThatThrownBy(() -> OutputDirectory.requireUsable(place))
        .hasMessageContaining(".image.part is in the way, and was left by no bake. Remove it");
    assertThatThrownBy(() -> OutputDirectory.open(place)).hasMessageContaining("is in the way");

    assertThat(foreign).hasContent("years of work");
  }

  @Test
  void refusesASecondBakeIntoTheSamePlace() {
    try (OutputDirectory first = OutputDirectory.open(directory.resolve("image"))) {
      assertThat(first.path()).exists();
      assertThatThrownBy(() -> OutputDirectory.open(directory.resolve("image")))
          .hasMessageContaining("another bake is writing");
    }
  }

  @Test
  void leavesNoLockInTheImage() throws IOException {
    bake(directory.resolve("image"));

    assertThat(directory.resolve("image"))
        .isDirectoryNotContaining("glob:**lock*")
        .isDirectoryContaining("glob:**/manifest.json");
  }

  @Test
  void clearsNothingBehindALink() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.writeString(home.resolve("thesis.txt"), "years of work");
    Files.createSymbolicLink(directory.resolve(".image.part"), home);

    assertThatThrownBy(() -> OutputDirectory.open(directory.resolve("image")))
        .hasMessageContaining(".image.part is in the way, and was left by no bake");
    assertThat(home.resolve("thesis.txt")).exists();
  }

  @Test
  void refusesADirectoryThatHoldsOtherFiles() throws IOException {
    Path place = Files.createDirectory(directory.resolve("image"));
    Files.writeString(place.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> bake(place)).hasMessageContaining("is there, and is no image");
    assertThat(place.resolve("thesis.txt")).exists();
  }

  @Test
  void refusesBeforehandWhatCannotBecomeAnImage() throws IOException {
    Path file = Files.writeString(directory.resolve("thesis.txt"), "years of work");
    Path full = Files.createDirectory(directory.resolve("full"));
    Files.writeString(full.resolve("thesis.txt"), "years of work");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));

    for (Path place : List.of(file, full, link)) {
      assertThatThrownBy(() -> OutputDirectory.requireUsable(place))
          .hasMessage(place + " is there, and is no image. Choose another --output, or remove it.");
    }
    assertThatThrownBy(() -> OutputDirectory.requireUsable(file.resolve("a/b")))
        .hasMessageContaining(file + " is no directory that may be written to");
  }

  @Test
  void refusesBeforehandAnImageOfAnotherFormat() throws IOException {
    Path place = Files.createDirectory(directory.resolve("image"));
    Files.writeString(place.resolve("manifest.json"), "{\"version\":1,\"profile\":\"debian12\"}");

    assertThatThrownBy(() -> OutputDirectory.requireUsable(place))
        .hasMessageContaining("manifest.json has format 1; this program reads format 2");
  }

  @Test
  void letsBeforehandPassWhatCanBecomeAnImage() throws IOException {
    Path image = directory.resolve("image");
    bake(image);

    OutputDirectory.requireUsable(image);
    OutputDirectory.requireUsable(Files.createDirectory(directory.resolve("empty")));
    OutputDirectory.requireUsable(directory.resolve("some/where"));

    assertThat(directory.resolve("some")).doesNotExist();
  }

  private static void bake(Path place) throws IOException {
    try (OutputDirectory output = OutputDirectory.open(place)) {
      writeManifest(output.path());
      output.publish();
    }
  }

  private static void writeManifest(Path directory) throws IOException {
    Digest digest = Digest.of("x");
    ImageFile os = file(directory, "os.squashfs");
    Layer layer = new Layer("os", os, new Layer.Verity(digest, 4096));
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            "amd64",
            "6.1",
            List.of(),
            file(directory, "vmlinuz"),
            file(directory, "initrd"),
            file(directory, "boot.manifest"),
            List.of(layer));
    Files.write(directory.resolve(Manifest.FILE), Json.write(manifest));
  }

  private static ImageFile file(Path directory, String name) throws IOException {
    byte[] content = new byte[8192];
    Files.write(directory.resolve(name), content);
    return new ImageFile(name, content.length, Digest.of(content));
  }
}
