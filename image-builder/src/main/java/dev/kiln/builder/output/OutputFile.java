package dev.kiln.builder.output;

import dev.kiln.file.AtomicFile;
import dev.kiln.file.Digest;
import dev.kiln.manifest.ImageFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** A finished part, which is read once for its digest. */
  static OutputFile of(String name, Path part) throws IOException {
    return of(new ImageFile(name, Files.size(part), Digest.of(part)), part);
  }

  /** A finished part whose digest is known. */
  static OutputFile of(ImageFile file, Path part) {
    return new OutputFile(file, target -> copy(part, target));
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

  /** A copy of its own, forced to disk: an image never shares its bytes with the cache. */
  private static void copy(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
      out.force(true);
    }
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
