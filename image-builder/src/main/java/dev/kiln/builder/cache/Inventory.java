package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a file or a directory consists of, by path below it; the thing itself has the
 * empty path. Owners and times are no part of it: nobody who uses an entry goes by them.
 *
 * @param version of this document
 */
record Inventory(
    int version, List<RegularFile> files, List<Directory> directories, List<Link> links) {
  static final int VERSION = 1;

  Inventory {
    if (version != VERSION) {
      throw new IllegalArgumentException("its version is " + version + ", not " + VERSION);
    }
    files = List.copyOf(files);
    directories = List.copyOf(directories);
    links = List.copyOf(links);
  }

  /** One of the things. */
  sealed interface Part {
    /** Below the whole. */
    String path();
  }

  /**
   * A file.
   *
   * @param mode as {@code ls} writes it, such as {@code rw-r--r--}
   * @param size bytes
   */
  record RegularFile(String path, String mode, long size, Digest digest) implements Part {}

  /** A directory, whose contents are parts of their own. */
  record Directory(String path, String mode) implements Part {}

  /** A symbolic link, wherever it leads. */
  record Link(String path, String target) implements Part {}

  /** Reads all of it, as many files at once as there are processors. */
  static Inventory of(Path whole) throws IOException {
    return of(whole, Map.of());
  }

  /**
   * The same.
   *
   * @param hashed digests of files that are not read, by their paths
   */
  static Inventory of(Path whole, Map<String, Digest> hashed) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(whole)) {
      paths = walk.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    try {
      List<Part> parts =
          paths.parallelStream()
              .map(path -> describe(whole.relativize(path).toString(), path, hashed))
              .sorted(Comparator.comparing(Part::path))
              .toList();
      return new Inventory(
          VERSION,
          only(RegularFile.class, parts),
          only(Directory.class, parts),
          only(Link.class, parts));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  Optional<RegularFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** In words, the first of the things that are not as they were; empty where all of them are. */
  Optional<String> differenceTo(Inventory now) {
    Map<String, Part> before = byPath();
    Map<String, Part> after = now.byPath();
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .sorted()
        .filter(
            path ->
                !Optional.ofNullable(before.get(path)).equals(Optional.ofNullable(after.get(path))))
        .findFirst()
        .map(
            path ->
                (path.isEmpty() ? "its content" : path)
                    + (!after.containsKey(path)
                        ? " is missing"
                        : before.containsKey(path) ? " was changed" : " was added"));
  }

  private Map<String, Part> byPath() {
    Map<String, Part> parts = new TreeMap<>();
    Stream.of(files, directories, links)
        .flatMap(List::stream)
        .forEach(part -> parts.put(part.path(), part));
    return parts;
  }

  private static Part describe(String name, Path path, Map<String, Digest> hashed) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return new Link(name, Files.readSymbolicLink(path).toString());
      }
      String mode = PosixFilePermissions.toString(attributes.permissions());
      if (attributes.isDirectory()) {
        return new Directory(name, mode);
      }
      if (!attributes.isRegularFile()) {
        throw new IOException(path + " is neither a file, a directory nor a link");
      }
      Digest known = hashed.get(name);
      return new RegularFile(
          name, mode, attributes.size(), known == null ? Digest.of(path) : known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T extends Part> List<T> only(Class<T> type, List<Part> parts) {
    return parts.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
