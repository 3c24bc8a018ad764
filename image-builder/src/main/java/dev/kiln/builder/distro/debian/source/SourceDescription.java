package dev.kiln.builder.distro.debian.source;

import dev.kiln.builder.deb.ControlFile;
import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.builder.distro.debian.archive.ClearsignedText;
import dev.kiln.failure.KilnException;
import dev.kiln.failure.Shown;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Debian source control file, the {@code .dsc} (Debian Policy 5.4).
 *
 * <p>Its own OpenPGP signature is its maintainer's and is not looked at: the digest of the file is
 * in the Sources index, which the archive signed.
 *
 * @param source the source package's name
 * @param files the other files of the source package by name
 */
record SourceDescription(String source, String version, Map<String, Content> files) {
  private static final int MAX_SIZE = 1 << 20;

  private static final Pattern FILE =
      Pattern.compile("([0-9a-f]{64})\\s+([0-9]{1,15})\\s+([A-Za-z0-9][A-Za-z0-9.+~_-]*)");

  SourceDescription {
    files = Map.copyOf(files);
  }

  /**
   * How one file must be.
   *
   * @param size bytes
   */
  record Content(long size, Digest digest) {}

  static SourceDescription read(String name, Path dsc) {
    try {
      long size = Files.size(dsc);
      if (size > MAX_SIZE) {
        throw refusal(name, "it has " + size + " bytes; at most " + MAX_SIZE);
      }
      return parse(name, new String(Files.readAllBytes(dsc), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw KilnException.io("read " + dsc, e);
    }
  }

  static SourceDescription parse(String name, String text) {
    String signed =
        text.startsWith(ClearsignedText.MESSAGE)
            ? ClearsignedText.parse(name, text.getBytes(StandardCharsets.UTF_8)).text()
            : text;
    ControlParagraph fields = ControlFile.parseOne(name, signed);
    try {
      Map<String, Content> files = new TreeMap<>();
      for (String line : fields.require("Checksums-Sha256").strip().split("\n")) {
        Matcher file = FILE.matcher(line.strip());
        if (!file.matches()) {
          throw new IllegalArgumentException(
              "'" + Shown.of(line, 200) + "' is not 'digest size name'");
        }
        Content content = new Content(Long.parseLong(file.group(2)), Digest.parse(file.group(1)));
        if (files.put(file.group(3), content) != null) {
          throw new IllegalArgumentException(file.group(3) + " stands twice");
        }
      }
      return new SourceDescription(fields.require("Source"), fields.require("Version"), files);
    } catch (IllegalArgumentException e) {
      throw refusal(name, e.getMessage());
    }
  }

  private static KilnException refusal(String name, @Nullable String why) {
    return KilnException.input(
        name + " is no source control file: " + why, "Use another mirror; this one is damaged");
  }
}
