package dev.kiln.builder.mirror;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --mirror NAME=URL}.
 *
 * @param repository the profile's name of the repository
 * @param root where it lies: http, https or file
 */
public record MirrorOption(String repository, URI root) {
  private static final Pattern OPTION =
      Pattern.compile("([a-z0-9][a-z0-9.-]*)=((?:https?|file)://\\S+)");

  public MirrorOption {
    root = Mirrors.withoutSlash(root);
  }

  /**
   * Reads the option's value.
   *
   * @throws IllegalArgumentException that says how it is written
   */
  public static MirrorOption parse(String text) {
    Matcher matcher = OPTION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a mirror: write REPOSITORY=URL, such as debian=https://ftp.debian.org/debian");
    }
    return new MirrorOption(matcher.group(1), URI.create(matcher.group(2)));
  }
}
