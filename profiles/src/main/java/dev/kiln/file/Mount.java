package dev.kiln.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of {@code mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param device the file system's own number, such as {@code 0:42}
 * @param root which of the file system's directories is mounted
 * @param point where
 * @param options of the file system, with commas
 */
public record Mount(
    String device, String root, String point, String type, String source, String options) {
  /** Bytes; a machine with ten thousand containers has a tenth of it. */
  private static final int MOST = 64 << 20;

  private static final Pattern LINE =
      Pattern.compile("\\d+ \\d+ (\\S+) (\\S+) (\\S+) .*? - (\\S+) (\\S*) (\\S+)");

  /** What a process sees mounted; nothing where it is gone or nobody may look. */
  public static List<Mount> seenIn(Path mountinfo) {
    try (InputStream in = Files.newInputStream(mountinfo)) {
      // Whatever bytes names have: what is no UTF-8 is nobody's here.
      String text = new String(in.readNBytes(MOST), UTF_8);
      return text.lines().flatMap(line -> parse(line).stream()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The value of an option, such as of {@code size}. */
  public Optional<String> option(String name) {
    return Stream.of(options.split(","))
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst();
  }

  private static Optional<Mount> parse(String line) {
    Matcher match = LINE.matcher(line);
    return match.matches()
        ? Optional.of(
            new Mount(
                match.group(1),
                plain(match.group(2)),
                plain(match.group(3)),
                match.group(4),
                match.group(5),
                match.group(6)))
        : Optional.empty();
  }

  private static String plain(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
