package dev.kiln.builder.fetch;

import dev.kiln.failure.KilnException;

/** What an address that was asked for something small has to say. */
public sealed interface SmallAnswer {
  /** All of it. */
  final class Given implements SmallAnswer {
    private final byte[] content;

    public Given(byte[] content) {
      this.content = content.clone();
    }

    public byte[] content() {
      return content.clone();
    }
  }

  /**
   * There is no such thing.
   *
   * @param failure that says so, for whoever cannot do without
   */
  record Missing(KilnException failure) implements SmallAnswer {}
}
