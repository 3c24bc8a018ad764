package dev.kiln.builder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.builder.key.Format;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of what each number of a {@link Format} stands for: a line of name, number and the
 * digest of what the part makes. {@code -Dgolden.update=true} writes the line of a number that is
 * new, and never that of one that is there.
 */
final class GoldenFormats {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/kiln/builder/formats.golden");
  private static final Path MADE = Path.of("target/formats");

  private GoldenFormats() {}

  /**
   * Compares, or writes where the flag is given and the number is new.
   *
   * @param made what the part of Kiln makes now, in words that can be compared
   */
  static void assertSame(Format format, String made) throws IOException {
    Path whole = Files.createDirectories(MADE).resolve(format + ".txt");
    Files.writeString(whole, made);
    Map<String, String> lines = read();
    String number = format + " " + format.number() + " ";
    String line = number + Digest.of(made).hex();
    if (lines.getOrDefault(format.toString(), "").startsWith(number)) {
      assertThat(line)
          .as(
              "the bytes of %s (%s) are not those of its number: raise the number in %s, and run"
                  + " again with -Dgolden.update=true. What it makes now is in %s",
              format, format.sentence(), Format.class.getName(), whole.toAbsolutePath())
          .isEqualTo(lines.get(format.toString()));
      return;
    }
    if (Boolean.getBoolean("golden.update")) {
      lines.put(format.toString(), line);
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, lines.values());
    }
    assertThat(read().values())
        .as("%s has another number than in %s: run with -Dgolden.update=true", format, GOLDEN)
        .contains(line);
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> lines = new TreeMap<>();
    List<String> all = Files.exists(GOLDEN) ? Files.readAllLines(GOLDEN) : List.of();
    all.forEach(line -> lines.put(line.substring(0, line.indexOf(' ')), line));
    return lines;
  }
}
