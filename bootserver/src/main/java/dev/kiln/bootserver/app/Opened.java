package dev.kiln.bootserver.app;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in the opposite order, each part even where another fails. */
final class Opened implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  private static @Nullable String words(Exception failure) {
    return failure instanceof IOException io ? KilnException.reason(io) : failure.getMessage();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("Not everything could be closed: {}", words(e));
        LOG.debug("This is where:", e);
      }
    }
  }
}
