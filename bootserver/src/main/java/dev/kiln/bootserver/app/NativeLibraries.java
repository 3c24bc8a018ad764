package dev.kiln.bootserver.app;

import java.nio.file.Path;

/**
 * Netty carries machine code inside its jar and unpacks it before it loads it: into {@code /tmp},
 * where many hosts forbid running anything. Here it goes into the state directory, as SQLite's does
 * (the store does that); Netty removes it at once.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Must be called before Netty is touched. */
  static void unpackInto(Path directory) {
    System.setProperty("io.netty.native.workdir", directory.toString());
  }
}
