package dev.kiln.builder.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * An answer's bytes.
 *
 * @param bytes to be closed by whoever reads them
 * @param from the position of the first of them in the whole
 * @param total size of the whole in bytes, where the answer tells it; believed by nobody
 */
record Body(InputStream bytes, long from, OptionalLong total) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
