package dev.kiln.builder.distro.debian.index;

import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import dev.kiln.lock.RepositoryPath;
import java.util.Comparator;
import java.util.List;

/**
 * One source package as its repository's index describes it (Debian Policy 5.4).
 *
 * @param files the .dsc first
 */
public record SourceEntry(String name, String version, List<SourceFile> files) {
  public SourceEntry {
    files = List.copyOf(files);
  }

  /**
   * One of its files.
   *
   * @param path below the repository's root
   * @param size bytes
   */
  public record SourceFile(String path, long size, Digest digest) {}

  /**
   * Reads a paragraph of a Sources index.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static SourceEntry of(ControlParagraph paragraph) {
    String directory =
        IndexedFile.path(paragraph.require("Directory"), paragraph.require("Package"));
    List<SourceFile> files =
        paragraph
            .require("Checksums-Sha256")
            .strip()
            .lines()
            .map(line -> file(directory, line))
            .sorted(
                Comparator.comparing((SourceFile file) -> !file.path().endsWith(".dsc"))
                    .thenComparing(SourceFile::path))
            .toList();
    if (files.isEmpty() || !files.get(0).path().endsWith(".dsc")) {
      throw new IllegalArgumentException("it has no .dsc file");
    }
    return new SourceEntry(paragraph.require("Package"), paragraph.require("Version"), files);
  }

  private static SourceFile file(String directory, String line) {
    String[] words = line.strip().split("\\s+");
    if (words.length != 3) {
      throw new IllegalArgumentException("'" + Shown.of(line) + "' is not 'digest size name'");
    }
    return new SourceFile(
        RepositoryPath.checked(directory + "/" + words[2], "a source package"),
        IndexedFile.size(words[1]),
        Digest.parse(words[0]));
  }
}
