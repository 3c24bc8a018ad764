package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A built pin: binaries made of a distribution's source package, in a sandbox without network.
 *
 * @param name the profile's name of it
 * @param version of what comes out, such as {@code v1.20.2}
 * @param layer {@code runtime}, {@code kubernetes} or {@code images}
 * @param toolchain package to the reason why the build needs it
 * @param commands a POSIX shell script, run with {@code -eu} in the unpacked source, which leaves
 *     its results in {@code $OUTPUT}
 * @param outputs file below {@code $OUTPUT} to its path in the image, mode 0755; at least one
 */
public record Build(
    String name,
    String version,
    LayerName layer,
    Source source,
    Map<String, String> toolchain,
    String commands,
    Map<String, ImagePath> outputs) {
  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?!\\.{1,2}(?:/|$))[A-Za-z0-9_+.-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9_+.-]+)*");

  public Build {
    Words.name("a build", name);
    Words.version(version);
    LayerName.ofAddition(layer.toString());
    toolchain = Reasons.checked(toolchain, Words::packageName);
    script(commands);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a build needs outputs: write 'file: /path/in/image'");
    }
    outputs.keySet().forEach(Build::outputName);
    outputs = Reasons.ordered(outputs);
  }

  static String script(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a build needs commands: write a shell script");
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the commands hold a NUL character: leave it out");
    }
    return text;
  }

  static String outputName(String text) {
    if (!OUTPUT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Shown.of(text)
              + "' is not a file below the build's output directory: write a relative path"
              + " without '..'");
    }
    return text;
  }

  /**
   * A source package.
   *
   * @param repository the profile's name of the repository that has it
   * @param packageName the source package's name; {@code package} in the document
   * @param version exactly
   */
  public record Source(String repository, String packageName, String version) {
    public Source {
      Words.repositoryName(repository);
      Words.packageName(packageName);
      Words.version(version);
    }
  }
}
