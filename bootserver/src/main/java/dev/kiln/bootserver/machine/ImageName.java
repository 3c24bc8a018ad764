package dev.kiln.bootserver.machine;

import java.util.regex.Pattern;

/** An image as a person names it: a directory below the images directory, or an image's id. */
public record ImageName(String text) {
  private static final Pattern FORM = Pattern.compile("(sha256:)?[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

  public ImageName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an image is the name of a directory below the images directory, or sha256: and 64"
              + " digits, not '"
              + text
              + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
