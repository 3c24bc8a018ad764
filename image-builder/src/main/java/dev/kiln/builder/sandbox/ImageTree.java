package dev.kiln.builder.sandbox;

import dev.kiln.failure.KilnException;
import dev.kiln.file.BoundedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A tree that is somebody's {@code /}. It can be a command's root, be bound into a command, and be
 * asked for files by their paths in it; no link leads out of it. Where it lies stays in this
 * package: files of other users can be opened in a namespace only, and a tree in memory is in one.
 */
public final class ImageTree {
  private final Path directory;
  private final Optional<Keeper> keeper;

  private ImageTree(Path directory, Optional<Keeper> keeper) {
    this.directory = directory.toAbsolutePath();
    this.keeper = keeper;
  }

  /** The tree in a directory of this machine. */
  public static ImageTree at(Path directory) {
    return new ImageTree(directory, Optional.empty());
  }

  /** The tree in a directory that only a keeper and its namespace's others see. */
  static ImageTree keptBy(Keeper keeper, Path directory) {
    return new ImageTree(directory, Optional.of(keeper));
  }

  /**
   * Reads a whole file.
   *
   * @param path in the tree, with or without a leading slash
   * @param most bytes; a larger file is refused
   */
  public byte[] read(String path, int most) {
    return BoundedFile.read(file(path, most), most);
  }

  /** The first bytes of a file, so many or all that it has. */
  public byte[] start(String path, int bytes) {
    try (InputStream in = Files.newInputStream(file(path, Long.MAX_VALUE))) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw KilnException.io("read /" + plain(path) + " of the tree", e);
    }
  }

  /** Copies a file to a place that is not there yet; a larger one than {@code most} is refused. */
  public void copy(String path, Path target, long most) {
    try {
      Files.copy(file(path, most), target);
    } catch (IOException e) {
      throw KilnException.io("copy /" + plain(path) + " out of the tree", e);
    }
  }

  /** The same place without any link on the way, absolute in the tree; it need not exist. */
  public String real(String path) {
    Path root = seen();
    return "/" + root.relativize(new Root(root).resolve(path));
  }

  /** Whether a file or directory is there. */
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  /** The sorted names of what is in a directory; none where there is no such directory. */
  public List<String> list(String path) {
    Path there = resolve(path);
    if (!Files.isDirectory(there)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(there)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw KilnException.io("list /" + plain(path) + " of the tree", e);
    }
  }

  /**
   * A file, link or device in a directory.
   *
   * @param path from that directory
   * @param size bytes of a file; empty for everything else
   */
  public record Entry(String path, OptionalLong size) {}

  /**
   * All that is below a directory and is none itself, sorted by path; nothing where there is no
   * such directory. No link below it is followed.
   *
   * @param most entries; more are refused
   */
  public List<Entry> entriesBelow(String path, int most) {
    Path there = resolve(path);
    if (!Files.isDirectory(there)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(there)) {
      List<Path> found =
          walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
              .limit(most + 1L)
              .sorted()
              .toList();
      if (found.size() > most) {
        throw KilnException.input(
            "/" + plain(path) + " of the tree has more than " + most + " files", "Leave them out");
      }
      List<Entry> entries = new ArrayList<>();
      for (Path file : found) {
        entries.add(new Entry(there.relativize(file).toString(), sizeOfFile(file)));
      }
      return entries;
    } catch (UncheckedIOException e) {
      throw KilnException.io("list /" + plain(path) + " of the tree", new IOException(e));
    } catch (IOException e) {
      throw KilnException.io("list /" + plain(path) + " of the tree", e);
    }
  }

  private static OptionalLong sizeOfFile(Path path) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        ? OptionalLong.of(Files.size(path))
        : OptionalLong.empty();
  }

  /** Where commands find it that entered its keeper's namespace. */
  Path inside() {
    return directory;
  }

  /** Whose mount namespace it is in, where not in the host's. */
  Optional<Keeper> keeper() {
    return keeper;
  }

  /** Where a path of the tree lies for Kiln itself. */
  Path resolve(String path) {
    return new Root(seen()).resolve(path);
  }

  private Path seen() {
    return keeper
        .map(kept -> Path.of("/proc", Long.toString(kept.pid()), "root"))
        .map(root -> root.resolve(Path.of("/").relativize(directory)))
        .orElse(directory);
  }

  private Path file(String path, long most) {
    Path file = resolve(path);
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= most) {
        return file;
      }
    } catch (IOException e) {
      throw KilnException.io("read /" + plain(path) + " of the tree", e);
    }
    throw KilnException.input(
        "/" + plain(path) + " of the tree is no file, or has more than " + most + " bytes",
        "Check the package that brings it");
  }

  private static String plain(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
