package dev.kiln.builder.deb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is wrong inside a package; where it was found is added on its way out. */
final class HostileDeb extends IOException {
  private static final long serialVersionUID = 1L;

  HostileDeb(String words) {
    this(words, null);
  }

  HostileDeb(String words, @Nullable Throwable cause) {
    super(words, cause);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
