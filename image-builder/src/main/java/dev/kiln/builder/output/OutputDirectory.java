package dev.kiln.builder.output;

import dev.kiln.builder.describe.CheckDescription;
import dev.kiln.builder.distro.Families;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Problem;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an image comes to be: written beside its place ({@link PartDirectory}), and renamed when it
 * is complete.
 */
public final class OutputDirectory implements AutoCloseable {
  private static final Path USUAL = Path.of("images");

  private final Path finalPlace;
  private final PartDirectory part;

  private OutputDirectory(Path finalPlace, PartDirectory part) {
    this.finalPlace = finalPlace;
    this.part = part;
  }

  /**
   * Refuses, before the work begins, what could not be an image's place at its end.
   *
   * @throws KilnException where other files are there, or where nothing can be written
   */
  public static void requireUsable(Path place) {
    Path finalPlace = place.toAbsolutePath().normalize();
    try {
      PartDirectory.requireUsable(partOf(finalPlace));
    } catch (IOException e) {
      throw KilnException.io("read what is beside " + place, e);
    }
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
    return USUAL.resolve(name + "-" + id.hex().substring(0, 12));
  }

  /**
   * Removes what bakes that were killed left beside the places where one would write.
   *
   * @param place that the user named, else the usual ones
   * @param name the profile's
   */
  public static void removeLeft(Optional<Path> place, String name) {
    try {
      if (place.isPresent()) {
        PartDirectory.removeLeft(partOf(place.get()));
        return;
      }
      for (Path left : usualParts(name)) {
        PartDirectory.removeLeft(left);
      }
    } catch (IOException e) {
      throw KilnException.io("remove what a bake that was killed left", e);
    }
  }

  private static List<Path> usualParts(String name) throws IOException {
    if (!Files.isDirectory(USUAL)) {
      return List.of();
    }
    Pattern part = Pattern.compile(Pattern.quote("." + name + "-") + "[0-9a-f]{12}[.]part");
    try (Stream<Path> files = Files.list(USUAL)) {
      return files
          .filter(path -> part.matcher(String.valueOf(path.getFileName())).matches())
          .toList();
    }
  }

  /**
   * Takes the place.
   *
   * @throws KilnException when another bake writes there now
   */
  static OutputDirectory open(Path place) {
    Path finalPlace = place.toAbsolutePath().normalize();
    Path part = partOf(finalPlace);
    try {
      return new OutputDirectory(finalPlace, PartDirectory.take(part, finalPlace));
    } catch (IOException e) {
      throw KilnException.io("write in " + part.getParent(), e);
    }
  }

  private static Path partOf(Path place) {
    Path finalPlace = place.toAbsolutePath().normalize();
    Path name = finalPlace.getFileName();
    if (name == null) {
      throw KilnException.input(
          place + " cannot be an image's directory", "Name a directory below it");
    }
    return finalPlace.resolveSibling(PartDirectory.nameFor(name.toString()));
  }

  /** Where the image's files are written. */
  Path path() {
    return part.image();
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
    Stream.concat(there.check().stream(), CheckDescription.check(there, families).stream())
        .findFirst()
        .ifPresent(
            damage -> {
              throw damaged(damage);
            });
    return Optional.of(there);
  }

  /**
   * Whether a file that lies beside the image's content is at its place.
   *
   * @throws KilnException where it is another than it should be
   */
  boolean has(ImageFile file) {
    if (!Files.exists(finalPlace.resolve(file.name()), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    file.defectIn(finalPlace)
        .ifPresent(
            damage -> {
              throw damaged(damage);
            });
    return true;
  }

  /** Gives a file its name that was written for the image that is there. */
  void add(ImageFile file) throws IOException {
    AtomicFile.rename(path().resolve(file.name()), finalPlace.resolve(file.name()));
  }

  private KilnException damaged(Problem damage) {
    return KilnException.input(
        finalPlace + " already holds this image, but damaged: " + damage.what(),
        "Remove it, and bake again");
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
    try {
      part.close();
    } catch (IOException e) {
      throw KilnException.io("remove what is left beside " + finalPlace, e);
    }
  }

  private static KilnException holdsOtherFiles(Path place) {
    return KilnException.input(
        place + " is there, and is no image", "Choose another --output, or remove it");
  }
}
