package dev.kiln.builder.output;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file of an output, before it is in an image directory.
 *
 * @param file as a manifest names it
 */
public record OutputFile(ImageFile file, Content content) {
  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Content {
    /** Writes them to a file that is not there yet, forced to disk. */
    void writeTo(Path target) throws IOException;
  }

  /**
   * A finished part under its name in a manifest. Its copy has the recorded bytes, which that
   * names, or the bake starts anew; and it is one of its own: an image never shares its bytes with
   * the cache.
   */
  static OutputFile of(ImageFile file, CachedFile part) {
    return new OutputFile(
        file, target -> part.copyTo(target, PosixFilePermissions.fromString("rw-r--r--")));
  }

  static OutputFile of(String name, byte[] content) {
    return new OutputFile(
        new ImageFile(name, content.length, Digest.of(content)),
        target -> AtomicFile.write(target, content));
  }

  /** Writes it under its name. */
  void writeInto(Path directory) throws IOException {
    content.writeTo(directory.resolve(file.name()));
  }
}
