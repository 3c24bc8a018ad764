package dev.kiln.bootserver.boot;

import dev.kiln.bootserver.machine.ImageName;
import dev.kiln.failure.KilnException;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The images below one directory. A scan looks at all of them and then replaces what is known in
 * one step; hidden directories are images in the making and are left alone.
 */
public final class ImageCatalogue {
  private final Path directory;
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), Map.of());
  private Map<Path, Read> read = Map.of();

  public ImageCatalogue(Path directory) {
    this.directory = directory;
  }

  /** What one scan found: images by name and by id, and why others are not served. */
  public record Snapshot(
      Map<String, PublishedImage> byName,
      Map<Digest, PublishedImage> byId,
      Map<String, String> refused) {

    /** Finds an image by the name of its directory, or by its id with or without sha256:. */
    public Optional<PublishedImage> find(ImageName name) {
      PublishedImage named = byName.get(name.text());
      return named != null ? Optional.of(named) : byDigest(name.text());
    }

    /** Why an image is not served, in words; empty where it is. */
    public Optional<String> whyNot(ImageName name) {
      return find(name).isPresent()
          ? Optional.empty()
          : Optional.of(
              refused.getOrDefault(name.text(), "there is no image '" + name + "' on this server"));
    }

    private Optional<PublishedImage> byDigest(String text) {
      try {
        return Optional.ofNullable(byId.get(Digest.parse(text)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  private record Read(Object identity, ImageDirectory directory) {}

  public Path directory() {
    return directory;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Looks at the directory again; a manifest that did not change is not read again, and where
   * nothing changed the snapshot stays the same one.
   *
   * @return whether anything changed
   */
  public synchronized boolean scan() {
    Map<String, PublishedImage> byName = new TreeMap<>();
    Map<Digest, PublishedImage> byId = new HashMap<>();
    Map<String, String> refused = new TreeMap<>();
    Map<Path, Read> now = new HashMap<>();
    for (Path path : directories()) {
      String name = path.getFileName().toString();
      try {
        PublishedImage image = PublishedImage.of(name, read(path, now));
        Optional<String> defect = image.defect();
        if (defect.isPresent()) {
          refused.put(name, "the image '" + name + "' is damaged: " + defect.get());
        } else {
          byName.put(name, image);
          byId.putIfAbsent(image.id(), image);
        }
      } catch (KilnException e) {
        refused.put(name, "the image '" + name + "' cannot be served: " + e.getMessage());
      } catch (IOException e) {
        refused.put(name, "the image '" + name + "' cannot be served: " + KilnException.reason(e));
      }
    }
    read = now;
    Snapshot found = new Snapshot(byName, Map.copyOf(byId), refused);
    boolean changed = !found.equals(snapshot);
    if (changed) {
      snapshot = found;
    }
    return changed;
  }

  private ImageDirectory read(Path path, Map<Path, Read> now) throws IOException {
    Path manifest = path.resolve(Manifest.FILE);
    Object identity = Files.isRegularFile(manifest) ? identity(manifest) : "";
    Read before = read.get(path);
    Read after =
        before != null && before.identity().equals(identity)
            ? before
            : new Read(identity, ImageDirectory.read(path));
    now.put(path, after);
    return after.directory();
  }

  private static Object identity(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(
        attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
  }

  private List<Path> directories() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw KilnException.io("list " + directory, e);
    }
  }
}
