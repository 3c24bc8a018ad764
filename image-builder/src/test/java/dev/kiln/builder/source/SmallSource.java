package dev.kiln.builder.source;

import dev.kiln.builder.cache.CachedFile;
import dev.kiln.file.Digest;
import dev.kiln.lock.LockedBuild;
import dev.kiln.lock.LockedPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A source package of one text file, in Debian's format "3.0 (native)".
 *
 * @param dsc its description
 * @param archive its only other file
 */
record SmallSource(Path dsc, Path archive) {
  /** Its only file besides {@code debian/changelog}. */
  static final String TEXT = "what the source says";

  private static final String CHANGELOG =
      """
      tool (1.0) unstable; urgency=medium

        * The first.

       -- A Person <person@example.org>  Thu, 01 Jan 2026 00:00:00 +0000
      """;

  static SmallSource write(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      add(tar, "tool-1.0/debian/changelog", CHANGELOG);
      add(tar, "tool-1.0/text", TEXT);
    }
    byte[] archive = bytes.toByteArray();
    String dsc =
        """
        Format: 3.0 (native)
        Source: tool
        Binary: tool
        Architecture: any
        Version: 1.0
        Maintainer: A Person <person@example.org>
        Checksums-Sha256:
         %s %d tool_1.0.tar.gz
        Files:
         00000000000000000000000000000000 %d tool_1.0.tar.gz
        """
            .formatted(Digest.of(archive).hex(), archive.length, archive.length);
    return new SmallSource(
        Files.writeString(directory.resolve("blob-of-dsc"), dsc),
        Files.write(directory.resolve("blob-of-archive"), archive));
  }

  LockedBuild locked(List<LockedPackage> toolchain) throws IOException {
    return Samples.locked(
        List.of(
            Samples.sourceFile("tool_1.0.dsc", Files.readAllBytes(dsc)),
            Samples.sourceFile("tool_1.0.tar.gz", Files.readAllBytes(archive))),
        toolchain);
  }

  /** Both, as the cache would have them. */
  List<CachedFile> files() throws IOException {
    return List.of(
        CachedFile.ofBlob(dsc, Digest.of(dsc)), CachedFile.ofBlob(archive, Digest.of(archive)));
  }

  private static void add(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
