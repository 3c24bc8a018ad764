package dev.kiln.profile;

import dev.kiln.failure.Shown;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A built pin: binaries made of sources, in a sandbox without network.
 *
 * @param name the profile's name of it
 * @param version of what comes out, such as {@code v1.20.2}
 * @param layer {@code runtime}, {@code kubernetes} or {@code images}
 * @param making what they are made of, and how
 * @param outputs the file that is made to its path in the image, mode 0755; at least one
 */
public record Build(
    String name, String version, LayerName layer, Making making, Map<String, ImagePath> outputs) {
  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?!\\.{1,2}(?:/|$))[A-Za-z0-9_+.-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9_+.-]+)*");

  public Build {
    Words.name("a build", name);
    Words.version(version);
    LayerName.ofAddition(layer.toString());
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a build needs outputs: write 'file: /path/in/image'");
    }
    outputs.keySet().forEach(Build::outputName);
    if (making instanceof Making.OfModules modules
        && !modules.packages().keySet().equals(outputs.keySet())) {
      throw new IllegalArgumentException(
          "the packages and the outputs of a build have the same names: those of 'packages' are "
              + String.join(", ", modules.packages().keySet())
              + ", those of 'outputs' are "
              + String.join(", ", outputs.keySet()));
    }
    outputs = Reasons.ordered(outputs);
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
}
