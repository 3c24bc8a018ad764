package dev.kiln.builder.distro.debian.resolve;

import dev.kiln.builder.distro.debian.index.IndexEntry;
import dev.kiln.builder.distro.debian.index.PackageIndex;
import dev.kiln.builder.distro.debian.index.PackageOrigin;
import dev.kiln.file.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Packages written down in a test: a paragraph each, with only the fields that matter there. */
final class TestUniverse {
  private final List<IndexEntry> entries = new ArrayList<>();
  private String repository = "debian";

  /** Whose suites are added from now on. */
  TestUniverse repository(String name) {
    repository = name;
    return this;
  }

  /**
   * Adds packages of a suite: {@code "Package: a\nDepends: b"}; the version is 1 where it is not
   * said.
   */
  TestUniverse suite(String name, int preference, String... paragraphs) {
    return index(name, preference, index(paragraphs));
  }

  /** Adds the packages of a whole index, as it stands. */
  TestUniverse index(String name, int preference, String index) {
    try {
      entries.addAll(
          PackageIndex.read(
              new ByteArrayInputStream(index.getBytes(StandardCharsets.UTF_8)),
              new PackageOrigin(repository, name, preference)));
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Universe build() {
    return new Universe(entries, "amd64");
  }

  static Universe of(String... paragraphs) {
    return new TestUniverse().suite("bookworm", 500, paragraphs).build();
  }

  static Universe ofIndex(String text) {
    return new TestUniverse().index("bookworm", 500, text).build();
  }

  /** The text of a Packages index. */
  static String index(String... paragraphs) {
    return Arrays.stream(paragraphs)
        .map(TestUniverse::complete)
        // apt reads a paragraph again by its place, and finds the last one only before an empty
        // line.
        .collect(Collectors.joining("\n\n", "", "\n\n"));
  }

  private static String complete(String paragraph) {
    String text = paragraph.strip();
    if (!text.contains("Version: ")) {
      text += "\nVersion: 1";
    }
    return text
        + "\nArchitecture: amd64\nDescription: x\nFilename: pool/"
        + name(text)
        + ".deb\nSize: 1\nSHA256: "
        + Digest.of(text).hex();
  }

  private static String name(String paragraph) {
    return paragraph.lines().findFirst().orElseThrow().replace("Package: ", "");
  }
}
