package dev.kiln.builder.repeat;

import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bake that ended well: by what program, from which files, and which image it left.
 *
 * @param program its digest
 * @param profile the profile's name
 * @param id the image's
 * @param place the image's directory, absolute
 * @param inputs what was read, by absolute path; empty for what was looked for and not there
 * @param files everything in the image's directory
 */
public record PastBake(
    Digest program,
    String profile,
    Digest id,
    Path place,
    Map<Path, Optional<Digest>> inputs,
    List<ImageFile> files) {
  private static final String FORMAT = "kiln-bake 1";
  private static final String ABSENT = "-";
  private static final String FILES = "files";
  private static final String END = "end";

  public PastBake {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    files = List.copyOf(files);
    if (files.stream()
        .noneMatch(file -> file.name().equals(Manifest.FILE) && file.digest().equals(id))) {
      throw new IllegalArgumentException("the image has no manifest whose digest is its id");
    }
    Stream.concat(Stream.of(place), inputs.keySet().stream()).forEach(PastBake::requireOneLine);
  }

  private static void requireOneLine(Path path) {
    if (path.toString().lines().count() != 1) {
      throw new IllegalArgumentException("a path with a line break cannot be kept in a line");
    }
  }

  /** Of an image that was just written or checked. */
  static PastBake of(
      Digest program, String profile, ImageDirectory image, Map<Path, Optional<Digest>> inputs)
      throws IOException {
    Map<String, ImageFile> known = new HashMap<>();
    image.manifest().files().forEach(file -> known.put(file.name(), file));
    List<ImageFile> files = new ArrayList<>();
    for (String name : namesIn(image.path())) {
      Path file = image.path().resolve(name);
      files.add(
          known.containsKey(name)
              ? known.get(name)
              : new ImageFile(name, Files.size(file), Digest.of(file)));
    }
    return new PastBake(
        program, profile, image.id(), image.path().toAbsolutePath().normalize(), inputs, files);
  }

  /** Whether every file that was read is what it was, and every other still missing. */
  boolean readsTheSame() throws IOException {
    for (Map.Entry<Path, Optional<Digest>> input : inputs.entrySet()) {
      Path file = input.getKey();
      Optional<Digest> now =
          Files.isRegularFile(file) ? Optional.of(Digest.of(file)) : Optional.empty();
      if (!now.equals(input.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether the image is what it was: every byte is read. What cannot be read is not. */
  public boolean imageIsIntact() {
    Set<String> names = files.stream().map(ImageFile::name).collect(Collectors.toSet());
    try {
      return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
          && names.equals(namesIn(place))
          && files.parallelStream().allMatch(this::isIntact);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isIntact(ImageFile file) {
    Path path = place.resolve(file.name());
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && Files.size(path) == file.size()
          && Digest.of(path).equals(file.digest());
    } catch (IOException e) {
      return false;
    }
  }

  private static Set<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.map(path -> String.valueOf(path.getFileName())).collect(Collectors.toSet());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Lines rather than JSON: a reader of JSON takes longer to get warm than all else here takes. */
  byte[] write() {
    List<String> lines =
        new ArrayList<>(
            List.of(FORMAT, program.toString(), profile, id.toString(), place.toString()));
    inputs.forEach(
        (path, digest) -> lines.add(digest.map(Digest::toString).orElse(ABSENT) + " " + path));
    lines.add(FILES);
    files.forEach(file -> lines.add(file.digest() + " " + file.size() + " " + file.name()));
    lines.add(END);
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  static PastBake read(byte[] content) {
    Iterator<String> lines = new String(content, StandardCharsets.UTF_8).lines().iterator();
    try {
      require(FORMAT.equals(lines.next()));
      Digest program = Digest.parse(lines.next());
      String profile = lines.next();
      Digest id = Digest.parse(lines.next());
      Path place = Path.of(lines.next());
      Map<Path, Optional<Digest>> inputs = new TreeMap<>();
      String line = lines.next();
      for (; !line.equals(FILES); line = lines.next()) {
        String[] input = line.split(" ", 2);
        inputs.put(
            Path.of(input[1]),
            input[0].equals(ABSENT) ? Optional.empty() : Optional.of(Digest.parse(input[0])));
      }
      List<ImageFile> files = new ArrayList<>();
      for (line = lines.next(); !line.equals(END); line = lines.next()) {
        String[] file = line.split(" ", 3);
        files.add(new ImageFile(file[2], Long.parseLong(file[1]), Digest.parse(file[0])));
      }
      return new PastBake(program, profile, id, place, inputs, files);
    } catch (NoSuchElementException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }

  private static void require(boolean is) {
    if (!is) {
      throw new IllegalArgumentException("it has another format");
    }
  }
}
