package dev.kiln.builder.output;

import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.sign.SignImage;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an image where it belongs: its files and documents are written beside the place, and one
 * rename makes the image exist. Where it is there already, it is checked, and only what it lacks of
 * its outputs is written.
 */
public final class WriteImage {
  private final Path place;
  private final Optional<SigningKey> key;
  private final Families families;

  /**
   * Prepares to write one image.
   *
   * @param place of the image's directory
   * @param key signs the documents, where given
   * @param families by which the documents of an image that is there are checked
   */
  public WriteImage(Path place, Optional<SigningKey> key, Families families) {
    this.place = place;
    this.key = key;
    this.families = families;
  }

  /**
   * Does it. An image that is there keeps its content and documents, gets what it lacks of its
   * outputs, and the signature asked for.
   */
  public ImageDirectory write(List<Output> outputs, Description description) {
    List<OutputFile> files = outputs.stream().flatMap(each -> each.files().stream()).toList();
    try (OutputDirectory directory = OutputDirectory.open(place)) {
      Optional<ImageDirectory> there = directory.find(description.id(), families);
      return there.isPresent()
          ? signed(complete(directory, there.get(), files))
          : writeAnew(directory, files, description);
    } catch (IOException e) {
      throw KilnException.io("write the image", e);
    }
  }

  private ImageDirectory writeAnew(
      OutputDirectory directory, List<OutputFile> files, Description description)
      throws IOException {
    writeAll(files, directory.path());
    for (Map.Entry<ImageDocument, byte[]> each : description.documents().entrySet()) {
      AtomicFile.write(directory.path().resolve(each.getKey().file()), each.getValue());
    }
    signed(ImageDirectory.read(directory.path()));
    return directory.publish();
  }

  /**
   * Content was compared when the image was found; of the other files each is there, or written.
   */
  private static ImageDirectory complete(
      OutputDirectory directory, ImageDirectory image, List<OutputFile> files) throws IOException {
    List<ImageFile> content = image.manifest().files();
    List<OutputFile> missing =
        files.stream()
            .filter(each -> !content.contains(each.file()) && !directory.has(each.file()))
            .toList();
    writeAll(missing, directory.path());
    for (OutputFile each : missing) {
      directory.add(each.file());
    }
    return image;
  }

  /**
   * As many at once as there are processors: each is read, hashed and written. When it ends, with
   * or without a failure, nobody writes any more: what is there may be removed.
   */
  private static void writeAll(List<OutputFile> files, Path directory) throws IOException {
    List<RuntimeException> failures =
        files.parallelStream().flatMap(file -> failure(file, directory).stream()).toList();
    if (!failures.isEmpty()) {
      if (failures.get(0) instanceof UncheckedIOException e) {
        throw e.getCause();
      }
      throw failures.get(0);
    }
  }

  private static Optional<RuntimeException> failure(OutputFile file, Path directory) {
    try {
      file.writeInto(directory);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private ImageDirectory signed(ImageDirectory image) {
    key.ifPresent(with -> SignImage.sign(image, with));
    return image;
  }
}
