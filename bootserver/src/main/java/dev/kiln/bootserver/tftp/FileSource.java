package dev.kiln.bootserver.tftp;

import java.io.IOException;
import java.util.Optional;

/** The files that TFTP may serve. Called on threads that may block, by several at one time. */
@FunctionalInterface
public interface FileSource {
  /**
   * Opens a file by the name a client asked for: 1 to 255 printable ASCII characters that are in no
   * way to be trusted. An implementation compares it with names it knows and never makes a path of
   * it.
   */
  Optional<FileContent> open(String name) throws IOException;
}
