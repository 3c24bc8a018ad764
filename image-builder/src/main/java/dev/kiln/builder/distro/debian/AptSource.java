package dev.kiln.builder.distro.debian;

import dev.kiln.builder.deb.ControlFile;
import dev.kiln.builder.deb.ControlParagraph;
import dev.kiln.builder.mirror.MirrorOption;
import dev.kiln.builder.mirror.MirrorRoot;
import dev.kiln.failure.KilnException;
import dev.kiln.profile.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One repository the host's own apt uses (sources.list(5), both formats).
 *
 * @param root http, https or file
 */
record AptSource(URI root, List<String> suites, List<String> components) {
  private static final Pattern LINE =
      Pattern.compile("deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+(\\S+)\\s+(\\S.*)");
  private static final long LARGEST = 1 << 20;

  /**
   * Reads them in apt's order. What cannot be read as a repository is passed over: it is apt's
   * configuration, not Kiln's, and another mirror follows.
   */
  static List<AptSource> readAll(Path aptDirectory) {
    List<AptSource> sources = new ArrayList<>();
    for (Path file : files(aptDirectory)) {
      try {
        if (Files.size(file) <= LARGEST) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          sources.addAll(
              file.toString().endsWith(".sources") ? paragraphs(file, text) : lines(text));
        }
      } catch (IOException | KilnException e) {
        // Not ours to mend: the next mirror is asked.
      }
    }
    return List.copyOf(sources);
  }

  /**
   * Whether this is a mirror of the profile's repository: the same release, the same components,
   * and the name that its public address ends in. Others' repositories have suites of the same
   * names, and need not know what is baked here. Of a flat repository nothing says which one it is:
   * the host's own may be another, signed by the same keys.
   */
  boolean serves(Repository repository) {
    return !repository.isFlat()
        && MirrorOption.lastPart(root).equals(MirrorOption.lastPart(repository.mirror()))
        && suites.stream().anyMatch(repository.suites()::contains)
        && components.stream().anyMatch(repository.components()::contains);
  }

  private static List<Path> files(Path aptDirectory) {
    List<Path> files = new ArrayList<>();
    Path list = aptDirectory.resolve("sources.list");
    if (Files.isReadable(list)) {
      files.add(list);
    }
    Path parts = aptDirectory.resolve("sources.list.d");
    if (Files.isDirectory(parts)) {
      try (Stream<Path> entries = Files.list(parts)) {
        entries
            .filter(path -> path.toString().matches(".*\\.(list|sources)"))
            .sorted()
            .forEach(files::add);
      } catch (IOException e) {
        // As above.
      }
    }
    return files;
  }

  private static List<AptSource> lines(String text) {
    List<AptSource> sources = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line.replaceFirst("#.*", "").strip());
      if (matcher.matches()) {
        add(sources, matcher.group(1), List.of(matcher.group(2)), words(matcher.group(3)));
      }
    }
    return sources;
  }

  private static List<AptSource> paragraphs(Path file, String text) {
    List<AptSource> sources = new ArrayList<>();
    for (ControlParagraph paragraph : ControlFile.parse(file.toString(), text)) {
      boolean binary = words(paragraph.field("Types").orElse("")).contains("deb");
      boolean enabled = !paragraph.field("Enabled").orElse("yes").equals("no");
      if (binary && enabled) {
        for (String root : words(paragraph.field("URIs").orElse(""))) {
          add(
              sources,
              root,
              words(paragraph.field("Suites").orElse("")),
              words(paragraph.field("Components").orElse("")));
        }
      }
    }
    return sources;
  }

  private static void add(
      List<AptSource> sources, String root, List<String> suites, List<String> components) {
    try {
      sources.add(new AptSource(MirrorRoot.parse(root), suites, components));
    } catch (IllegalArgumentException e) {
      // Such as cdrom: it is apt's to read.
    }
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
