package dev.kiln.builder.inspect;

import dev.kiln.builder.describe.CheckDescription;
import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.sign.ImageSignature;
import dev.kiln.builder.sign.VerifyingKey;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.Digest;
import dev.kiln.manifest.BootManifest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks that an image directory holds exactly what its documents say, and who signed them. */
public final class VerifyImage {
  private final ImageDirectory image;
  private final List<Problem> problems = new ArrayList<>();

  private VerifyImage(ImageDirectory image) {
    this.image = image;
  }

  /**
   * Reads every byte of the image.
   *
   * @param key whose signature the image must have; without one, anybody may have made it
   * @throws KilnException with every problem found, where there is one
   */
  public static Authenticity verify(ImageDirectory image, Optional<VerifyingKey> key) {
    VerifyImage verification = new VerifyImage(image);
    verification.checkFiles();
    verification.checkThatNothingElseIsThere();
    verification.checkBootManifest();
    verification.checkLayers();
    verification.checkDocuments();
    verification.checkSignature(key);
    verification.refuseIfAnythingIsWrong();
    return verification.authenticity(key);
  }

  private void checkFiles() {
    problems.addAll(image.check());
  }

  private void checkThatNothingElseIsThere() {
    Set<String> known = new TreeSet<>(Set.of(ImageSignature.FILE));
    Stream.of(ImageDocument.values()).map(ImageDocument::file).forEach(known::add);
    image.manifest().files().stream().map(ImageFile::name).forEach(known::add);
    try (Stream<Path> files = Files.list(image.path())) {
      files
          .filter(file -> !known.contains(file.getFileName().toString()))
          .sorted()
          .forEach(file -> add(file + " does not belong to the image", "Remove it"));
    } catch (IOException e) {
      throw KilnException.io("list " + image.path(), e);
    }
  }

  private void checkBootManifest() {
    ImageFile expected = image.manifest().bootManifest();
    byte[] content = BootManifest.write(image.manifest().layers());
    if (!expected.digest().equals(Digest.of(content)) || expected.size() != content.length) {
      add(
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
        problems.addAll(CheckLayer.check(file, layer));
      }
    }
  }

  private void checkDocuments() {
    problems.addAll(CheckDescription.check(image));
  }

  private void checkSignature(Optional<VerifyingKey> given) {
    attempt(() -> ImageSignature.readFrom(image.path()))
        .ifPresent(signature -> given.ifPresent(key -> checkSignature(signature, key)));
  }

  private void checkSignature(Optional<ImageSignature> signature, VerifyingKey key) {
    if (signature.isEmpty()) {
      add(
          "the image is not signed: it has no " + ImageSignature.FILE,
          "Sign it: builder sign " + image.path() + " --key FILE");
    } else if (!signature.get().keyId().equals(key.id())) {
      add(
          "the image is signed by the key "
              + signature.get().keyId()
              + ", not by the one given, "
              + key.id(),
          "Give the public key of whoever baked it, or do not trust it");
    } else if (attempt(() -> signature.get().verifies(image, key))
        .filter(good -> !good)
        .isPresent()) {
      add(
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

  /** A step that refuses its input does not end the search for more problems. */
  private <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (KilnException e) {
      if (e.kind() != KilnException.Kind.INPUT) {
        throw e;
      }
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private void add(String what, String mend) {
    problems.add(Problem.of(what, mend));
  }

  private void refuseIfAnythingIsWrong() {
    if (!problems.isEmpty()) {
      // A document that is missing is missed by its check and by that of the signature.
      throw new KilnException(
          KilnException.Kind.INPUT, problems.stream().distinct().toList(), null);
    }
  }
}
