package dev.kiln.builder.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.builder.cache.BrokenEntry;
import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.describe.Provenance;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.inspect.VerifyImage;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteImageTest {
  /** Other inputs than those of {@link TestImage#LOCK}; the content is the same. */
  private static final Lock ANOTHER_LOCK = TestImage.lock("another", "v1.36.5");

  private final SigningKey key = SigningKey.generate();

  @TempDir private Path directory;

  @Test
  void writesAnImageThatVerifyAccepts() throws IOException {
    ImageDirectory image = bake(TestImage.LOCK, Optional.of(key));

    assertThat(image.path()).isEqualTo(place());
    assertThat(VerifyImage.verify(image, Optional.of(key.verifyingKey()), KnownFamilies.ALL))
        .isNotNull();
    assertThat(names(directory)).containsExactly("image");
  }

  @Test
  void namesTheImageByItsContentAloneWhereNobodyGaveItAPlace() throws IOException {
    Digest id = bake(TestImage.LOCK, Optional.empty()).id();

    assertThat(OutputDirectory.usual("debian12", id))
        .isEqualTo(Path.of("images/debian12-" + id.hex().substring(0, 12)));
  }

  @Test
  void findsTheImageThereWithoutReadingAPart() throws IOException {
    Netboot netboot = netboot(TestImage.LOCK);
    Description description = description(TestImage.LOCK);
    ImageDirectory first =
        new WriteImage(place(), Optional.empty(), KnownFamilies.ALL)
            .write(List.of(netboot), description);
    for (String part : List.of("kernel", "archive", "os", "config")) {
      Files.delete(directory.resolve("made").resolve(part));
    }

    assertThat(
            new WriteImage(place(), Optional.empty(), KnownFamilies.ALL)
                .write(List.of(netboot), description))
        .isEqualTo(first);
  }

  @Test
  void leavesTheProvenanceOfTheImageThatIsThere() throws IOException {
    ImageDirectory first = bake(TestImage.LOCK, Optional.empty());
    List<Digest> documents = digests();

    ImageDirectory again = bake(ANOTHER_LOCK, Optional.empty());

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(digests()).isEqualTo(documents);
    assertThat(Provenance.read(again).parameters().profile()).isEqualTo("debian12");
  }

  @Test
  void addsAnOutputToTheImageThatIsThere() throws IOException {
    ImageDirectory first = bake(TestImage.LOCK, Optional.empty());
    OutputFile disk = OutputFile.of("disk.raw", new byte[] {1, 2, 3});
    Output another = new Netboot(List.of(disk));

    ImageDirectory again = write(List.of(netboot(TestImage.LOCK), another));

    assertThat(again).isEqualTo(first);
    assertThat(place().resolve("disk.raw")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(write(List.of(another))).isEqualTo(first);
    assertThat(names(directory)).doesNotContain(".image.part");
  }

  @Test
  void neverGivesOutADamagedOutput() throws IOException {
    Output disk = new Netboot(List.of(OutputFile.of("disk.raw", new byte[] {1, 2, 3})));
    write(List.of(netboot(TestImage.LOCK), disk));
    Files.write(place().resolve("disk.raw"), new byte[] {1, 2, 4});

    assertThatThrownBy(() -> write(List.of(netboot(TestImage.LOCK), disk)))
        .hasMessageContaining("already holds this image, but damaged: ")
        .hasMessageContaining("disk.raw was changed");
  }

  private ImageDirectory write(List<Output> outputs) throws IOException {
    return new WriteImage(place(), Optional.empty(), KnownFamilies.ALL)
        .write(outputs, description(TestImage.LOCK));
  }

  @Test
  void signsAnewWhatLiesThere() throws IOException {
    bake(TestImage.LOCK, Optional.of(SigningKey.generate()));

    ImageDirectory again = bake(ANOTHER_LOCK, Optional.of(key));

    assertThat(VerifyImage.verify(again, Optional.of(key.verifyingKey()), KnownFamilies.ALL))
        .isNotNull();
  }

  @Test
  void leavesTheSignatureWhereNobodyAsksForOne() throws IOException {
    bake(TestImage.LOCK, Optional.of(key));

    ImageDirectory again = bake(TestImage.LOCK, Optional.empty());

    assertThat(VerifyImage.verify(again, Optional.of(key.verifyingKey()), KnownFamilies.ALL))
        .isNotNull();
  }

  @Test
  void leavesNothingAlsoWhereOneFileFailsWhileAnotherIsWritten() throws IOException {
    Netboot right = netboot(TestImage.LOCK);
    CountDownLatch failed = new CountDownLatch(1);
    OutputFile failing =
        new OutputFile(
            right.files().get(0).file(),
            target -> {
              failed.countDown();
              throw new IOException("no space");
            });
    OutputFile slow =
        new OutputFile(
            right.files().get(1).file(),
            target -> {
              await(failed);
              // Until whoever would not wait has cleaned up.
              LockSupport.parkNanos(200_000_000);
              Files.writeString(target, "late");
            });
    WriteImage write = new WriteImage(place(), Optional.empty(), KnownFamilies.ALL);

    assertThatThrownBy(
            () ->
                write.write(
                    List.of(new Netboot(List.of(failing, slow))), description(TestImage.LOCK)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining("no space");
    assertThat(names(directory)).doesNotContain("image", ".image.part");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vmlinuz", "initrd", "boot.manifest", "os.squashfs", "config.squashfs"})
  void neverSignsADamagedImageForTheOneThatWasBaked(String file) throws IOException {
    bake(TestImage.LOCK, Optional.empty());
    Files.writeString(place().resolve(file), "damaged");

    assertThatThrownBy(() -> bake(TestImage.LOCK, Optional.of(key)))
        .isInstanceOf(KilnException.class)
        .hasMessageContaining(place() + " already holds this image, but damaged: ")
        .hasMessageContaining(file);
    assertThat(place().resolve("manifest.sig")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANIFEST")
  void takesAnImageWithoutADocumentForDamaged(ImageDocument document) throws IOException {
    bake(TestImage.LOCK, Optional.empty());
    Files.delete(place().resolve(document.file()));

    assertThatThrownBy(() -> bake(TestImage.LOCK, Optional.of(key)))
        .hasMessageContaining("but damaged: " + place().resolve(document.file()) + " is missing");
    assertThat(place().resolve("manifest.sig")).doesNotExist();
  }

  @Test
  void neverChangesAnotherImage() throws IOException {
    ImageDirectory there = TestImage.write(place());
    Manifest m = there.manifest();
    TestImage.rewrite(
        there,
        new Manifest(
            m.version(),
            m.architecture(),
            m.kernelRelease(),
            List.of("quiet"),
            m.kernel(),
            m.initrd(),
            m.bootManifest(),
            m.layers()));
    List<Digest> documents = digests();

    assertThatThrownBy(() -> bake(TestImage.LOCK, Optional.of(key)))
        .hasMessageContaining("an image is never changed")
        .hasMessageContaining("The new image would be " + there.id());
    assertThat(digests()).isEqualTo(documents);
  }

  @Test
  void leavesNothingWhereItFails() throws IOException {
    Netboot netboot = netboot(TestImage.LOCK);
    Description description = description(TestImage.LOCK);
    Files.delete(directory.resolve("made/config"));

    assertThatThrownBy(
            () ->
                new WriteImage(place(), Optional.empty(), KnownFamilies.ALL)
                    .write(List.of(netboot), description))
        .isInstanceOf(BrokenEntry.class)
        .hasMessageContaining("its content is missing");
    assertThat(names(directory)).containsExactly("made");
  }

  private Path place() {
    return directory.resolve("image");
  }

  private ImageDirectory bake(Lock lock, Optional<SigningKey> with) throws IOException {
    return TestImage.bake(place(), lock, with);
  }

  private Netboot netboot(Lock lock) throws IOException {
    return Netboot.of(TestParts.write(directory.resolve("made"), lock.toString()));
  }

  private Description description(Lock lock) throws IOException {
    BakedImage baked = TestParts.write(directory.resolve("made"), lock.toString());
    return TestImage.describe(baked, lock);
  }

  private List<Digest> digests() throws IOException {
    try (Stream<Path> files = Files.list(place())) {
      List<Path> sorted = files.sorted().toList();
      List<Digest> digests = new java.util.ArrayList<>();
      for (Path file : sorted) {
        digests.add(Digest.of(file));
      }
      return digests;
    }
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
