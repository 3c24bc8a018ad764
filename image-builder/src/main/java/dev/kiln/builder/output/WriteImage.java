package dev.kiln.builder.output;

import dev.kiln.builder.describe.Description;
import dev.kiln.builder.describe.ImageDocument;
import dev.kiln.builder.distro.Families;
import dev.kiln.builder.sign.SignImage;
import dev.kiln.builder.sign.SigningKey;
import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an image where it belongs: its files and documents are written beside the place, and one
 * rename makes the image exist. Where it is there already, it is checked, and nothing is written.
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

  /** Does it; an image that is there keeps its documents, and gets the signature asked for. */
  public ImageDirectory write(Output output, Description description) {
    try (OutputDirectory directory = OutputDirectory.open(place)) {
      Optional<ImageDirectory> there = directory.find(description.id(), families);
      return there.isPresent() ? signed(there.get()) : writeAnew(directory, output, description);
    } catch (IOException e) {
      throw KilnException.io("write the image", e);
    }
  }

  private ImageDirectory writeAnew(
      OutputDirectory directory, Output output, Description description) throws IOException {
    writeAll(output.files(), directory.path());
    for (Map.Entry<ImageDocument, byte[]> each : description.documents().entrySet()) {
      AtomicFile.write(directory.path().resolve(each.getKey().file()), each.getValue());
    }
    signed(ImageDirectory.read(directory.path()));
    return directory.publish();
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
