package dev.kiln.builder.cache;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * Something in the cache is not what it was when it came in. Nobody handles it but {@link
 * Cache#mending}, which can get the thing again.
 */
public final class BrokenEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Item item;

  /**
   * Says what is broken.
   *
   * @param item has to be made again as a whole
   * @param what is wrong with it, such as {@code layer.squashfs was changed}
   */
  BrokenEntry(Item item, String what) {
    super("the cache's " + item + " is broken (" + what + ")");
    this.item = item;
  }

  /**
   * What a failure to read a part of an item comes from. A disk that lost bytes says so by an error
   * as often as by other bytes; a user without the right to read says nothing about the bytes.
   */
  static RuntimeException of(Item item, String name, IOException failure) {
    String part = name.isEmpty() ? "its content" : name;
    if (failure instanceof AccessDeniedException || failure instanceof ClosedByInterruptException) {
      return KilnException.io("read " + part + " of the cache's " + item, failure);
    }
    return new BrokenEntry(
        item,
        failure instanceof NoSuchFileException
            ? part + " is missing"
            : part + " cannot be read: " + KilnException.reason(failure));
  }

  public Item item() {
    return item;
  }
}
