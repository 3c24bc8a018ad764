package dev.kiln.builder.output;

import dev.kiln.failure.KilnException;
import dev.kiln.file.ExclusiveFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code .NAME.part} beside an image's place: the image while it is written, and the lock of the
 * bake that writes it. What a killed bake left is removed by the next one. A directory of that name
 * that holds anything else is no bake's, and is refused as it is.
 */
final class PartDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IMAGE = "image";

  private final Path path;
  private final ExclusiveFile held;

  private PartDirectory(Path path, ExclusiveFile held) {
    this.path = path;
    this.held = held;
  }

  /** Its name, for an image of this name. */
  static String nameFor(String image) {
    return "." + image + ".part";
  }

  /**
   * Takes it, and makes an empty directory in it for the image.
   *
   * @param place of the image, for messages
   * @throws KilnException when another bake has it, or where it is no bake's
   */
  static PartDirectory take(Path path, Path place) throws IOException {
    requireUsable(path);
    Files.createDirectories(path);
    PartDirectory taken =
        new PartDirectory(
            path,
            lock(path)
                .orElseThrow(
                    () ->
                        KilnException.input(
                            "another bake is writing " + place,
                            "Wait for it, or choose another --output")));
    try {
      taken.clear();
      Files.createDirectory(taken.image());
      // Whatever the umask: who serves an image is seldom who baked it.
      Files.setPosixFilePermissions(taken.image(), PosixFilePermissions.fromString("rwxr-xr-x"));
      return taken;
    } catch (IOException e) {
      taken.held.close();
      throw e;
    }
  }

  /** Removes one that a killed bake left; one that is in use, or no bake's, stays. */
  static void removeLeft(Path path) throws IOException {
    if (!Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS) || !isOfABake(path)) {
      return;
    }
    Optional<ExclusiveFile> lock = lock(path);
    if (lock.isPresent()) {
      new PartDirectory(path, lock.get()).close();
    }
  }

  /** Refuses what is there and was not left by a bake. */
  static void requireUsable(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isOfABake(path)) {
      throw KilnException.input(
          path + " is in the way, and was left by no bake",
          "Remove it, or choose another --output");
    }
  }

  /**
   * Nothing in it but what a bake puts there: its lock before all else, and files in one directory.
   */
  private static boolean isOfABake(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    List<Path> entries = list(path);
    if (!entries.isEmpty() && !isFile(path.resolve(LOCK))) {
      return false;
    }
    for (Path entry : entries) {
      boolean lock = entry.endsWith(LOCK) && isFile(entry);
      boolean image =
          entry.endsWith(IMAGE)
              && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
              && list(entry).stream().allMatch(PartDirectory::isFile);
      if (!lock && !image) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<ExclusiveFile> lock(Path path) throws IOException {
    Path lock = path.resolve(LOCK);
    Optional<ExclusiveFile> taken;
    try {
      taken = ExclusiveFile.take(lock);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // Where the file is gone, its owner has just ended and took it along.
    if (taken.isPresent() && !Files.exists(lock)) {
      taken.get().close();
      return Optional.empty();
    }
    return taken;
  }

  /** Where the image's files are written. */
  Path image() {
    return path.resolve(IMAGE);
  }

  @Override
  public void close() throws IOException {
    try (held) {
      if (Files.exists(path)) {
        clear();
        Files.deleteIfExists(path.resolve(LOCK));
        removeUnlessTaken();
      }
    }
  }

  /** Another bake may take the directory as soon as the lock is gone. */
  private void removeUnlessTaken() throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      // It is the other's now.
    }
  }

  private void clear() throws IOException {
    if (Files.exists(image(), LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : list(image())) {
        Files.delete(file);
      }
      Files.delete(image());
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      // Its bake has ended meanwhile.
      return List.of();
    }
  }
}
