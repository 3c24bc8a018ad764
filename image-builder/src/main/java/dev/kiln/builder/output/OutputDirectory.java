package dev.kiln.builder.output;

import dev.kiln.builder.describe.CheckDescription;
import dev.kiln.builder.distro.Families;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.file.ExclusiveFile;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an image comes to be: written in {@code .NAME.part/image} beside its place, and renamed
 * when it is complete. What a killed bake left there, the next one removes; the lock beside the
 * image keeps it from doing so too early.
 */
public final class OutputDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IMAGE = "image";

  private final Path finalPlace;
  private final Path part;
  private final ExclusiveFile held;

  private OutputDirectory(Path finalPlace, Path part, ExclusiveFile held) {
    this.finalPlace = finalPlace;
    this.part = part;
    this.held = held;
  }

  /**
   * Refuses, before the work begins, what could not be an image's place at its end.
   *
   * @throws KilnException where other files are there, or where nothing can be written
   */
  public static void requireUsable(Path place) {
    Path finalPlace = place.toAbsolutePath().normalize();
    if (Files.exists(finalPlace.resolve(Manifest.FILE))) {
      // Whether it is the one that will be baked, only its id tells.
      ImageDirectory.read(finalPlace);
      return;
    }
    if (Files.exists(finalPlace, LinkOption.NOFOLLOW_LINKS) && !isEmptyDirectory(finalPlace)) {
      throw holdsOtherFiles(finalPlace);
    }
    @Nullable Path above = finalPlace.getParent();
    while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      above = above.getParent();
    }
    if (above != null && !(Files.isDirectory(above) && Files.isWritable(above))) {
      throw KilnException.input(
          place + " cannot be written: " + above + " is no directory that may be written to",
          "Choose another --output");
    }
  }

  private static boolean isEmptyDirectory(Path place) {
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw KilnException.io("read " + place, e);
    }
  }

  /** Where an image is put that nobody gave a place: {@code images/NAME-ID}. */
  public static Path usual(String name, Digest id) {
    return Path.of("images", name + "-" + id.hex().substring(0, 12));
  }

  /**
   * Takes the place.
   *
   * @throws KilnException when another bake writes there now
   */
  static OutputDirectory open(Path place) {
    Path finalPlace = place.toAbsolutePath().normalize();
    Path parent = finalPlace.getParent();
    Path name = finalPlace.getFileName();
    if (parent == null || name == null) {
      throw KilnException.input(
          place + " cannot be an image's directory", "Name a directory below it");
    }
    Path part = parent.resolve("." + name + ".part");
    try {
      if (Files.isSymbolicLink(part)) {
        throw KilnException.input(part + " is a symbolic link", "Remove it");
      }
      Files.createDirectories(part);
      ExclusiveFile held = take(part.resolve(LOCK), finalPlace);
      try {
        makeEmpty(part);
        return new OutputDirectory(finalPlace, part, held);
      } catch (IOException e) {
        held.close();
        throw e;
      }
    } catch (IOException e) {
      throw KilnException.io("write in " + parent, e);
    }
  }

  private static void makeEmpty(Path part) throws IOException {
    clear(part);
    Path image = Files.createDirectory(part.resolve(IMAGE));
    // Whatever the umask: who serves an image is seldom who baked it.
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static ExclusiveFile take(Path lock, Path place) throws IOException {
    Optional<ExclusiveFile> taken = ExclusiveFile.take(lock);
    // Where the file is gone, its owner has just ended and took it along.
    if (taken.isPresent() && Files.exists(lock)) {
      return taken.get();
    }
    if (taken.isPresent()) {
      taken.get().close();
    }
    throw KilnException.input(
        "another bake is writing " + place, "Wait for it, or choose another --output");
  }

  /** Where the image's files are written. */
  Path path() {
    return part.resolve(IMAGE);
  }

  /**
   * Looks whether the image is at its place already.
   *
   * @return it, with every file and document checked; empty where no image is there
   * @throws KilnException where it is damaged, or where another image is
   */
  Optional<ImageDirectory> find(Digest id, Families families) {
    if (!Files.exists(finalPlace.resolve(Manifest.FILE))) {
      return Optional.empty();
    }
    ImageDirectory there = ImageDirectory.read(finalPlace);
    if (!there.id().equals(id)) {
      throw KilnException.input(
          finalPlace + " already holds the image " + there.id() + "; an image is never changed",
          "Choose another --output, or remove it. The new image would be " + id);
    }
    Optional<Problem> damage =
        Stream.concat(there.check().stream(), CheckDescription.check(there, families).stream())
            .findFirst();
    if (damage.isPresent()) {
      throw KilnException.input(
          finalPlace + " already holds this image, but damaged: " + damage.get().what(),
          "Remove it, and bake again");
    }
    return Optional.of(there);
  }

  /** Gives the finished image its name. */
  ImageDirectory publish() {
    try {
      AtomicFile.rename(path(), finalPlace);
      return ImageDirectory.read(finalPlace);
    } catch (FileSystemException e) {
      throw Files.exists(finalPlace)
          ? holdsOtherFiles(finalPlace)
          : KilnException.io("name the image " + finalPlace, e);
    } catch (IOException e) {
      throw KilnException.io("name the image " + finalPlace, e);
    }
  }

  @Override
  public void close() {
    try (held) {
      if (Files.exists(part)) {
        clear(part);
        Files.deleteIfExists(part.resolve(LOCK));
        removeUnlessTaken();
      }
    } catch (IOException e) {
      throw KilnException.io("remove " + part, e);
    }
  }

  private static KilnException holdsOtherFiles(Path place) {
    return KilnException.input(
        place + " is there, and is no image", "Choose another --output, or remove it");
  }

  /** Another bake may take the directory as soon as the lock is gone. */
  private void removeUnlessTaken() throws IOException {
    try {
      Files.deleteIfExists(part);
    } catch (DirectoryNotEmptyException e) {
      // It is the other's now.
    }
  }

  private static void clear(Path part) throws IOException {
    List<Path> old;
    try (Stream<Path> walk = Files.walk(part)) {
      old =
          walk.filter(path -> !path.equals(part) && !path.endsWith(LOCK))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path path : old) {
      Files.delete(path);
    }
  }
}
