package dev.kiln.bootserver.tftp;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The files that TFTP may serve, all of them in memory. Called on the event loop. */
@FunctionalInterface
public interface FileSource {
  /**
   * Finds a file by the name a client asked for: 1 to 255 printable ASCII characters that are in no
   * way to be trusted. An implementation compares it with names it knows and never makes a path of
   * it. What it returns stays as it is, and its position is the caller's own.
   */
  Optional<ByteBuffer> find(String name);
}
