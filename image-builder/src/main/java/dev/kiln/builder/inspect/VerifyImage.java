package dev.kiln.builder.inspect;

import dev.kiln.builder.describe.CheckDescription;
import dev.kiln.builder.describe.Findings;
import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.output.OutputKind;
import dev.kiln.builder.sign.ImageSignature;
import dev.kiln.builder.sign.VerifyingKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks that an image directory holds exactly what its documents say, and who signed them. */
public final class VerifyImage {
  private final ImageDirectory image;
  private final Families families;
  private final Findings found = new Findings();

  private VerifyImage(ImageDirectory image, Families families) {
    this.image = image;
    this.families = families;
  }

  /**
   * Reads every byte of the image.
   *
   * @param key whose signature the image must have; without one, anybody may have made it
   * @throws KilnException with every problem found, where there is one
   */
  public static Authenticity verify(
      ImageDirectory image, Optional<VerifyingKey> key, Families families) {
    VerifyImage verification = new VerifyImage(image, families);
    verification.checkFiles();
    verification.checkThatNothingElseIsThere();
    verification.checkBootManifest();
    verification.checkLayers();
    verification.checkDocuments();
    verification.checkSignature(key);
    verification.found.refuseIfAny();
    return verification.authenticity(key);
  }

  private void checkFiles() {
    found.addAll(image.check());
  }

  private void checkThatNothingElseIsThere() {
    Set<String> known = new TreeSet<>(Set.of(ImageSignature.FILE));
    Stream.of(ImageDocument.values()).map(ImageDocument::file).forEach(known::add);
    image.manifest().files().stream().map(ImageFile::name).forEach(known::add);
    Stream.of(OutputKind.values()).map(OutputKind::filesBesideContent).forEach(known::addAll);
    try (Stream<Path> files = Files.list(image.path())) {
      files
          .filter(file -> !known.contains(file.getFileName().toString()))
          .sorted()
          .forEach(file -> found.add(file + " does not belong to the image", "Remove it"));
    } catch (IOException e) {
      throw KilnException.io("list " + image.path(), e);
    }
  }

  private void checkBootManifest() {
    ImageFile expected = image.manifest().bootManifest();
    byte[] content = BootManifest.write(image.manifest().layers());
    if (!expected.digest().equals(Digest.of(content)) || expected.size() != content.length) {
      found.add(
          "the manifest's layers are not those that machines would boot: "
              + image.file(expected)
              + " names others",
          "Bake the image again");
    }
  }

  private void checkLayers() {
    for (Layer layer : image.manifest().layers()) {
      Path file = image.file(layer.file());
      // A file that is missing is reported by checkFiles.
      if (isFile(file)) {
        found.addAll(CheckLayer.check(file, layer));
      }
    }
  }

  private void checkDocuments() {
    found.addAll(CheckDescription.check(image, families));
  }

  private void checkSignature(Optional<VerifyingKey> given) {
    found
        .attempt(() -> ImageSignature.readFrom(image.path()))
        .ifPresent(signature -> given.ifPresent(key -> checkSignature(signature, key)));
  }

  private void checkSignature(Optional<ImageSignature> signature, VerifyingKey key) {
    if (signature.isEmpty()) {
      found.add(
          "the image is not signed: it has no " + ImageSignature.FILE,
          "Sign it: builder sign " + image.path() + " --key FILE");
    } else if (!signature.get().keyId().equals(key.id())) {
      found.add(
          "the image is signed by the key "
              + signature.get().keyId()
              + ", not by the one given, "
              + key.id(),
          "Give the public key of whoever baked it, or do not trust it");
    } else if (found
        .attempt(() -> signature.get().verifies(image, key))
        .filter(good -> !good)
        .isPresent()) {
      found.add(
          "the signature in "
              + image.path().resolve(ImageSignature.FILE)
              + " is not that of these documents",
          "Do not trust this image");
    }
  }

  private Authenticity authenticity(Optional<VerifyingKey> key) {
    return key.isPresent()
        ? new Authenticity.SignedBy(key.get().id())
        : new Authenticity.NotChecked(
            ImageSignature.readFrom(image.path()).map(ImageSignature::keyId));
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
