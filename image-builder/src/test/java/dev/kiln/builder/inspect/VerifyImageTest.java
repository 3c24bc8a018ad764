package dev.kiln.builder.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kiln.builder.describe.Provenance;
import dev.kiln.builder.distro.KnownFamilies;
import dev.kiln.builder.output.TestImage;
import dev.kiln.builder.sbom.CycloneDx;
import dev.kiln.builder.sign.ImageSignature;
import dev.kiln.builder.sign.SignImage;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.document.Json;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.lock.Lock;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Layer;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyImageTest {
  /** As that of the image, with another version of a pin. */
  private static final Lock ANOTHER_LOCK = TestImage.lock("debian12", "v1.36.5");

  private final SigningKey key = SigningKey.generate();

  @TempDir Path temporary;
  private Path directory;
  private ImageDirectory image;

  @BeforeEach
  void writeAnImage() throws IOException {
    directory = temporary.resolve("image");
    image = TestImage.write(directory);
  }

  @Test
  void acceptsAnImageAndSaysThatNobodyCheckedWhoMadeIt() {
    assertThat(VerifyImage.verify(image, Optional.empty(), KnownFamilies.ALL))
        .isEqualTo(new Authenticity.NotChecked(Optional.empty()));
  }

  @Test
  void acceptsAnImageThatTheKeySigned() {
    SignImage.sign(image, key);

    assertThat(VerifyImage.verify(image, Optional.of(key.verifyingKey()), KnownFamilies.ALL))
        .isEqualTo(new Authenticity.SignedBy(key.verifyingKey().id()));
  }

  @Test
  void namesTheKeyThatASignatureClaimsWithoutBelievingIt() {
    SignImage.sign(image, key);

    assertThat(VerifyImage.verify(image, Optional.empty(), KnownFamilies.ALL))
        .isEqualTo(new Authenticity.NotChecked(Optional.of(key.verifyingKey().id())));
  }

  @Test
  void refusesAnImageThatIsNotSigned() {
    assertThat(problemsWithKey()).singleElement().asString().contains("the image is not signed");
  }

  @Test
  void refusesAnImageThatAnotherKeySigned() {
    SignImage.sign(image, SigningKey.generate());

    assertThat(problemsWithKey()).singleElement().asString().contains("not by the one given");
  }

  @Test
  void refusesTheSignatureOfAnotherImage() throws IOException {
    SignImage.sign(image, key);
    image = TestImage.rewrite(image, withArguments(List.of("init=/bin/sh")));

    assertThat(problemsWithKey())
        .extracting(Problem::what)
        .anyMatch(what -> what.endsWith("manifest.sig is not that of these documents"));
  }

  /** They go together, and with the manifest: only who signed them is not who claims it. */
  @Test
  void refusesTheDocumentsOfAnotherBakeUnderTheSignatureOfThisOne() throws IOException {
    SignImage.sign(image, key);
    Path signature = Files.move(directory.resolve(ImageSignature.FILE), temporary.resolve("sig"));
    image = TestImage.bake(temporary.resolve("other"), ANOTHER_LOCK, Optional.empty());
    directory = image.path();
    Files.move(signature, directory.resolve(ImageSignature.FILE));

    assertThat(VerifyImage.verify(image, Optional.empty(), KnownFamilies.ALL)).isNotNull();
    assertThat(problemsWithKey())
        .singleElement()
        .asString()
        .contains("manifest.sig is not that of these documents")
        .contains("Do not trust this image");
  }

  @Test
  void refusesASignatureThatOnlyBorrowsTheKeysName() throws IOException {
    ImageSignature forged = SignImage.sign(image, SigningKey.generate());
    Files.write(
        directory.resolve(ImageSignature.FILE),
        Json.write(new ImageSignature(2, "Ed25519", key.verifyingKey().id(), forged.signature())));

    assertThat(problemsWithKey())
        .singleElement()
        .asString()
        .contains("is not that of these documents");
  }

  @Test
  void findsOneChangedByteInALayersData() throws IOException {
    flip("os.squashfs", 50_000);

    assertThat(problems())
        .extracting(Problem::what)
        .satisfiesExactly(
            what -> assertThat(what).contains("os.squashfs was changed"),
            what -> assertThat(what).contains("(layer os): the root hash of its data is"),
            what -> assertThat(what).contains("(layer os): its hash tree is not that of its data"));
  }

  @Test
  void findsOneChangedByteInALayersHashTree() throws IOException {
    flip("os.squashfs", 101 * 4096 + 7);

    assertThat(problems())
        .extracting(Problem::what)
        .satisfiesExactly(
            what -> assertThat(what).contains("os.squashfs was changed"),
            what -> assertThat(what).contains("a machine would refuse to read it"));
  }

  @Test
  void findsAManifestWhoseRootHashIsNotThatOfTheData() throws IOException {
    image = TestImage.rewrite(image, withRootHashOfOs(Digest.of("another")));

    assertThat(problems())
        .extracting(Problem::what)
        .anyMatch(what -> what.contains("(layer os): the root hash of its data is"))
        .anyMatch(what -> what.contains("boot.manifest names others"));
  }

  @Test
  void namesEveryFileThatIsMissingShortOrTooMuch() throws IOException {
    Files.delete(directory.resolve("vmlinuz"));
    Files.write(directory.resolve("initrd"), new byte[3]);
    Files.delete(directory.resolve(Lock.FILE));
    Files.writeString(directory.resolve(".hidden"), "");
    Files.createDirectory(directory.resolve("extra"));

    assertThat(problems())
        .extracting(Problem::what)
        .containsExactly(
            directory + "/vmlinuz is missing",
            directory + "/initrd has 3 bytes, not 9",
            directory + "/.hidden does not belong to the image",
            directory + "/extra does not belong to the image",
            directory + "/lock.json is missing");
  }

  @Test
  void takesNoLinkForAFile() throws IOException {
    Path elsewhere = Files.move(directory.resolve("vmlinuz"), temporary.resolve("kernel"));
    Files.createSymbolicLink(directory.resolve("vmlinuz"), elsewhere);

    assertThat(problems()).singleElement().asString().contains("vmlinuz is missing");
  }

  @Test
  void takesAnImageWithoutProvenanceForDamaged() throws IOException {
    SignImage.sign(image, key);
    Files.delete(directory.resolve(Provenance.FILE));

    assertThat(problemsWithKey())
        .extracting(Problem::what)
        .containsExactly(directory + "/provenance.json is missing");
  }

  @Test
  void refusesTheProvenanceOfAnotherImage() throws IOException {
    image = TestImage.rewrite(image, withArguments(List.of("init=/bin/sh")));

    assertThat(problems())
        .extracting(Problem::what)
        .anyMatch(what -> what.contains("provenance.json is that of another image, sha256:"));
  }

  @Test
  void refusesAProvenanceThatNamesOtherLayers() throws IOException {
    Digest os = image.manifest().layers().get(0).file().digest();
    change(Provenance.FILE, os.hex(), Digest.of("another").hex());

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("provenance.json names another initrd or other layers than the manifest");
  }

  @Test
  void refusesAProvenanceThatNamesAnotherProfile() throws IOException {
    change(Provenance.FILE, "debian12", "centos7");

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("provenance.json names another profile or architecture than the lock");
  }

  @Test
  void refusesAProvenanceThatIsNoneOfKilns() throws IOException {
    for (String[] change :
        new String[][] {
          {"in-toto.io/Statement/v1", "in-toto.io/Statement/v2"},
          {"slsa.dev/provenance/v1", "slsa.dev/provenance/v0.2"},
          {"tag:kiln.dev,2026:bake/1", "tag:kiln.dev,2026:bake/9"},
          {"tag:kiln.dev,2026:builder", "https://example.com"},
          {"\"manifest.json\"", "\"another.json\""},
          {"\"lock.json\"", "\"another.json\""},
          {"\"zone\" : \"default\"", "\"zone\" : \"\\u001b[2J\""},
          {"\"predicateType\"", "\"predicatetype\""},
          {image.id().hex(), "abcd"}
        }) {
      change(Provenance.FILE, change[0], change[1]);
      assertThat(problems())
          .as(change[1])
          .singleElement()
          .asString()
          .contains("provenance.json is not a provenance that Kiln wrote");
      image = TestImage.write(directory);
    }
  }

  @Test
  void refusesTheLockOfAnotherImage() throws IOException {
    Files.write(directory.resolve(Lock.FILE), "{}".getBytes(UTF_8));

    assertThat(problems()).singleElement().asString().contains("is not the lock this image was");
  }

  @Test
  void refusesABillOfMaterialsOfOtherParts() throws IOException {
    Files.write(
        directory.resolve(CycloneDx.FILE),
        CycloneDx.write(image.id(), ANOTHER_LOCK, KnownFamilies.ALL, Map.of()));

    assertThat(problems()).singleElement().asString().contains("names other parts than the lock");
  }

  @Test
  void refusesABillOfMaterialsThatTheProvenanceDoesNotName() throws IOException {
    change(CycloneDx.FILE, "\"test\"", "\"test!\"");

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("sbom.cdx.json is not the one that provenance.json names");
  }

  @Test
  void refusesABillOfMaterialsThatIsNoDocument() throws IOException {
    for (String wrong : new String[] {"", "{", "[]", "null", "{\"components\":3}"}) {
      Files.writeString(directory.resolve(CycloneDx.FILE), wrong);

      assertThat(problems()).as(wrong).singleElement().asString().contains("names other parts");
    }
  }

  @Test
  void reportsADamagedSignatureTogetherWithTheRest() throws IOException {
    Files.writeString(directory.resolve(ImageSignature.FILE), "{");
    flip("initrd", 0);

    assertThat(problems())
        .extracting(Problem::what)
        .satisfiesExactly(
            what -> assertThat(what).contains("initrd was changed"),
            what -> assertThat(what).contains("manifest.sig is not an image signature"));
  }

  @Test
  void reportsALayerWhoseHeaderIsNotOneOfOurs() throws IOException {
    int header = 100 * 4096;
    for (int at : new int[] {0, 8, 12, 32, 64, 68, 72, 81}) {
      flip("os.squashfs", header + at);
      assertThat(problems()).as("byte %d", at).hasSizeGreaterThanOrEqualTo(2);
      flip("os.squashfs", header + at);
    }
    assertThat(VerifyImage.verify(image, Optional.empty(), KnownFamilies.ALL)).isNotNull();
  }

  @Test
  void reportsALayerThatWasCutShort() throws IOException {
    for (long size : new long[] {0, 4096, 100 * 4096 + 3, 101 * 4096, 102 * 4096 - 1}) {
      try (FileChannel channel =
          FileChannel.open(directory.resolve("os.squashfs"), StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
      assertThat(problems()).as("%d bytes", size).hasSizeGreaterThanOrEqualTo(2);
      image = TestImage.write(directory);
    }
  }

  private List<Problem> problems() {
    return problems(Optional.empty());
  }

  private List<Problem> problemsWithKey() {
    return problems(Optional.of(key));
  }

  private List<Problem> problems(Optional<SigningKey> signer) {
    KilnException refusal =
        catchThrowableOfType(
            KilnException.class,
            () ->
                VerifyImage.verify(image, signer.map(SigningKey::verifyingKey), KnownFamilies.ALL));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.kind()).isEqualTo(KilnException.Kind.INPUT);
    return refusal.problems();
  }

  private void flip(String name, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1));
      channel.write(one.rewind(), at);
    }
  }

  private void change(String file, String from, String to) throws IOException {
    String content = Files.readString(directory.resolve(file));
    assertThat(content).contains(from);
    Files.writeString(directory.resolve(file), content.replace(from, to));
  }

  private Manifest withArguments(List<String> arguments) {
    Manifest m = image.manifest();
    return new Manifest(
        m.version(),
        m.architecture(),
        m.kernelRelease(),
        arguments,
        m.kernel(),
        m.initrd(),
        m.bootManifest(),
        m.layers());
  }

  private Manifest withRootHashOfOs(Digest rootHash) {
    Manifest m = image.manifest();
    List<Layer> layers = new ArrayList<>(m.layers());
    Layer os = layers.get(0);
    layers.set(
        0, new Layer(os.name(), os.file(), new Layer.Verity(rootHash, os.verity().hashOffset())));
    return new Manifest(
        m.version(),
        m.architecture(),
        m.kernelRelease(),
        m.kernelArguments(),
        m.kernel(),
        m.initrd(),
        m.bootManifest(),
        layers);
  }
}
