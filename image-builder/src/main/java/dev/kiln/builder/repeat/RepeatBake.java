package dev.kiln.builder.repeat;

import dev.kiln.failure.KilnException;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.BoundedFile;
import dev.kiln.file.InputFiles;
import dev.kiln.manifest.ImageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Remembers, in the cache, how a call of {@code bake} ended, so that the same call can be answered
 * by comparing bytes alone: the program's, those of every file it read, those of the image. It
 * decides before any document is understood, which is most of what a bake takes that makes nothing.
 * Where anything differs, or anything is not known, there is no answer, and the bake does its work.
 */
public final class RepeatBake {
  /** Bytes; a path and a digest for each of a dozen files. */
  private static final int MOST = 1 << 20;

  private final Path file;

  /**
   * @param cache the cache's directory; it need not exist
   */
  public RepeatBake(Path cache, BakeCall call) {
    this.file = cache.resolve("bakes").resolve(call.digest().hex());
  }

  /** How the call ended, where it would end the same now; the image is still to be looked at. */
  public Optional<PastBake> find() {
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      PastBake past = PastBake.read(BoundedFile.read(file, MOST));
      return past.readsTheSame() && past.program().equals(ThisProgram.digest())
          ? Optional.of(past)
          : Optional.empty();
    } catch (IOException | KilnException | IllegalArgumentException e) {
      // Whatever cannot be read here, the bake itself reads, and says what is wrong with it.
      return Optional.empty();
    }
  }

  /**
   * Remembers how the call ended. Where it cannot, the next call takes longer, and that is all.
   *
   * @param inputs everything it read
   */
  public void remember(String profile, ImageDirectory image, InputFiles inputs) {
    try {
      Files.createDirectories(
          file.resolveSibling(""),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      // A digest of the signing key may be in it.
      AtomicFile.writeSecret(
          file, PastBake.of(ThisProgram.digest(), profile, image, inputs.seen()).write());
    } catch (IOException | IllegalArgumentException e) {
      // What was there before still tells of an earlier bake, and is compared as strictly.
    }
  }
}
