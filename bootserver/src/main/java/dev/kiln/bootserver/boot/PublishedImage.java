package dev.kiln.bootserver.boot;

import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageDirectory;
import dev.kiln.manifest.ImageFile;
import dev.kiln.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An image that may be served: its manifest was read, and every file it names is there with its
 * size.
 *
 * @param name of its directory
 */
public record PublishedImage(String name, ImageDirectory directory, Map<String, ImageFile> files) {
  /** Takes an image, and does not yet look at its files. */
  static PublishedImage of(String name, ImageDirectory directory) {
    return new PublishedImage(
        name,
        directory,
        directory.manifest().files().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    ImageFile::name, Function.identity(), (first, same) -> first)));
  }

  /** The first thing that is wrong with its files, in words. */
  Optional<String> defect() throws IOException {
    for (ImageFile file : files.values()) {
      Path path = path(file);
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(path + " is missing");
      }
      if (Files.size(path) != file.size()) {
        return Optional.of(path + " has " + Files.size(path) + " bytes, not " + file.size());
      }
    }
    return Optional.empty();
  }

  public Digest id() {
    return directory.id();
  }

  public Manifest manifest() {
    return directory.manifest();
  }

  public Path path(ImageFile file) {
    return directory.file(file);
  }
}
