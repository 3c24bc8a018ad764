package dev.kiln.bootserver.http;

import dev.kiln.bootserver.boot.LoaderProgram;
import java.nio.file.Path;

/**
 * A file to be sent.
 *
 * @param name what the timeline calls it
 * @param size bytes
 * @param etag a strong entity tag, with its quotes (RFC 9110 section 8.8.3)
 * @param caching the value of Cache-Control
 */
record ServedFile(String name, Content content, long size, String etag, String caching) {
  /** Where its bytes are. */
  sealed interface Content {}

  /** On a disk that may be slow. */
  record OnDisk(Path path) implements Content {}

  /** In memory. */
  record InMemory(LoaderProgram program) implements Content {}
}
