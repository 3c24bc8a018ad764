package dev.kiln.builder.cache;

import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a cache holds, from its names alone. What has no name of the cache's is no part of it. */
final class Contents {
  /** Where earlier versions kept what they made. */
  static final String EARLIER = "entries";

  private final Path root;

  Contents(Cache cache) {
    this.root = cache.root();
  }

  List<Item> blobs() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path part : directoriesIn(root.resolve("blobs/sha256"))) {
      items.addAll(itemsIn(part, Item.Blob::new));
    }
    return items;
  }

  List<Item> entries() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path kind : directoriesIn(root.resolve("made"))) {
      if (Names.isKind(nameOf(kind))) {
        items.addAll(itemsIn(kind, key -> new Item.Made(nameOf(kind), key)));
      }
    }
    return items;
  }

  /** What bakes and builds printed, and how calls of them ended. */
  List<Path> records() throws IOException {
    List<Path> files = new ArrayList<>(filesIn("logs", Names::isLog));
    files.addAll(filesIn("bakes", Names::isRecord));
    return files;
  }

  /** What earlier versions made; nobody finds it there any more. */
  List<Path> earlier() throws IOException {
    List<Path> made = new ArrayList<>();
    Path entries = root.resolve(EARLIER);
    if (Files.isDirectory(entries)) {
      for (Path kind : directoriesIn(entries)) {
        made.addAll(list(kind, path -> Names.isDigest(nameOf(path))));
      }
    }
    return made;
  }

  private List<Path> filesIn(String part, Predicate<String> named) throws IOException {
    Path directory = root.resolve(part);
    return Files.isDirectory(directory)
        ? list(directory, path -> Files.isRegularFile(path) && named.test(nameOf(path)))
        : List.of();
  }

  private static List<Item> itemsIn(Path directory, Function<Digest, Item> named)
      throws IOException {
    return list(directory, path -> Names.isDigest(nameOf(path))).stream()
        .map(path -> named.apply(new Digest(nameOf(path))))
        .toList();
  }

  private static List<Path> directoriesIn(Path directory) throws IOException {
    return list(directory, Files::isDirectory);
  }

  private static List<Path> list(Path directory, Predicate<Path> which) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(which).sorted().toList();
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
